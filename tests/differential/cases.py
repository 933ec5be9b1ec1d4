"""Worlds as a tool may meet them: an environment, two AWS files, caches, perhaps an explicit profile.

Half of the files are written plainly; in the others a few lines are odd: delimiters, quotes, comments, indents,
doubled names, headers that only some parsers take. `{PORT}` and `{HOME}` are filled in by the runner.
"""
import hashlib
import json

NAMES = ["default", "dev", "base", "my prof", "DEFAULT", "ghost", "a.b"]
HERE = "http://127.0.0.1:{PORT}"
KEYS = '"Version":1,"AccessKeyId":"AKIDPROC","SecretAccessKey":"s"'
PROCESSES = [
    "/bin/echo '{%s}'" % KEYS,
    "/bin/echo '{%s}'" % KEYS,
    "/bin/echo '{%s,\"SessionToken\":\"t\",\"Expiration\":\"2099-01-01T00:00:00Z\"}'" % KEYS,
    "/bin/echo '{%s,\"SessionToken\":\"t\",\"Expiration\":\"2001-01-01T00:00:00Z\"}'" % KEYS,
    "/bin/echo '{%s}'" % KEYS.replace("1,", '"1",', 1),
    "/bin/echo '{%s}'" % KEYS.replace("1,", "2,", 1),
    "/bin/echo '{%s}'" % KEYS.replace('"Version":1,', ""),
    '/bin/echo \'{"Version":1,"AccessKeyId":"AKIDPROC"}\'',
    "/bin/echo junk",
    "/bin/false",
    "/nonexistent/program",
]
LOGIN = "arn:aws:iam::123456789012:user/Admin"
START = "https://x.awsapps.com/start"
DPOP = ("-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIJqDJS4GTGOzI2BtgeXVwHT7H6DBmEaEL0IDlHXk5YqjoAoGCCqGSM49\n"
        "AwEHoUQDQgAEuCEKNR/lXONLNlQEzqs7Hqv0iLXYFvMzBuF3H7dXXPQsiMQVUkNi\nGVD7dHkkkDzh8pzQcLhNKHzq6HRK+Hfzgw==\n"
        "-----END EC PRIVATE KEY-----\n")


class Maker:
    """One case out of one random source."""

    def __init__(self, rng, plain=False):
        self.rng = rng
        self.pick = rng.choice
        # How odd this world's text is: mostly not at all.
        self.odd = 0 if plain else self.pick([0, 0, 0, 0.3, 1, 2])
        self.seen = []

    def chance(self, share):
        return self.rng.random() < share

    def oddly(self, share):
        return self.chance(share * self.odd)

    # -- what a profile says

    def settings(self, in_credentials):
        """The keys of one section, in a shuffled order of subjects."""
        pick, chance = self.pick, self.chance
        kinds = {
            "keys": 0.6 if in_credentials else 0.25, "half": 0.05, "role": 0.08 if in_credentials else 0.3,
            "web": 0.07, "process": 0.05 if in_credentials else 0.12, "sso": 0.03 if in_credentials else 0.12,
            "login": 0.04, "region": 0.1 if in_credentials else 0.5, "stray": 0.05, "nested": 0.06,
        }
        chosen = [kind for kind, share in kinds.items() if chance(share)]
        self.rng.shuffle(chosen)
        pairs = []
        for kind in chosen:
            known = {key for key, _ in pairs}
            pairs += [(key, value) for key, value in getattr(self, kind)(in_credentials) if key not in known]
        return pairs

    def keys(self, in_credentials):
        pairs = [("aws_access_key_id", f"AKID{'C' if in_credentials else 'F'}{self.rng.randint(0, 99)}"),
                 ("aws_secret_access_key", "s")]
        if self.chance(0.2):
            pairs.append((self.pick(["aws_session_token", "aws_session_token", "aws_security_token"]), self.pick(["tok", "tok", ""])))
        if self.chance(0.05):
            pairs.append(("aws_account_id", "111122223333"))
        return pairs

    def half(self, _):
        return [self.pick([("aws_access_key_id", "AKIDHALF"), ("aws_secret_access_key", "s"),
                           ("aws_access_key_id", ""), ("aws_secret_access_key", ""), ("aws_session_token", "alone")])]

    def role(self, _):
        pairs = [("role_arn", f"arn:aws:iam::123456789012:role/r{self.rng.randint(0, 2)}")]
        source = self.pick(["profile"] * 6 + ["named"] * 3 + ["both", "none"])
        if source in ("profile", "both"):
            pairs.append(("source_profile", self.pick(NAMES[:4] + ["default", "base", "ghost"])))
        if source in ("named", "both"):
            pairs.append(("credential_source", self.pick(["Environment", "EcsContainer", "Ec2InstanceMetadata", "environment", "Nope", ""])))
        if self.chance(0.1):
            pairs.append(("mfa_serial", "arn:aws:iam::123456789012:mfa/u"))
        if self.chance(0.1):
            pairs.append(("external_id", "x"))
        if self.chance(0.1):
            pairs.append(("duration_seconds", self.pick(["900", "3600", "soon"])))
        return pairs

    def web(self, _):
        pairs = [("web_identity_token_file", self.pick(["{HOME}/token", "{HOME}/token", "{HOME}/token", "/nonexistent", ""]))]
        if self.chance(0.8):
            pairs.append(("role_arn", "arn:aws:iam::123456789012:role/w"))
        return pairs

    def process(self, _):
        return [("credential_process", self.pick(PROCESSES))]

    def sso(self, _):
        whole = self.chance(0.6)
        take = lambda share: whole or self.chance(share)
        pairs = []
        if take(0.5):
            pairs.append(("sso_account_id", "123456789012"))
        if take(0.5):
            pairs.append(("sso_role_name", "ssor"))
        if self.chance(0.5):
            pairs.append(("sso_session", self.pick(["corp", "corp", "nosuch"])))
            if self.chance(0.3):
                pairs.append(("sso_region", self.pick(["us-east-1", "eu-west-1"])))
            if self.chance(0.3):
                pairs.append(("sso_start_url", self.pick([START, "https://other"])))
        else:
            if take(0.5):
                pairs.append(("sso_start_url", START))
            if take(0.5):
                pairs.append(("sso_region", "us-east-1"))
        return pairs

    def login(self, _):
        return [("login_session", self.pick([LOGIN, LOGIN, "arn:aws:iam::123456789012:user/Gone"]))]

    def region(self, _):
        return [("region", self.pick(["us-west-1", "eu-west-1", "eu-west-1", ""]))]

    def stray(self, _):
        return [self.pick([("source_profile", "base"), ("credential_source", "Environment"), ("role_arn", ""),
                           ("output", "json"), ("role_session_name", "me"), ("sso_start_url", START), ("source_profile", "")])]

    def nested(self, _):
        return [("s3", [("region", "nested"), ("aws_access_key_id", "AKIDNEST")][: self.rng.randint(1, 2)])]

    # -- how it is written

    def lines(self, pairs):
        out = []
        for key, value in pairs:
            if isinstance(value, list):
                out.append(f"{key} =")
                out += [f"  {name} = {text}" for name, text in value]
                continue
            delimiter = self.pick(["=", " =", "= ", ": ", ":", " : ", "\t=\t"]) if self.oddly(0.15) else " = "
            indent = self.pick([" ", "  ", "\t"]) if self.oddly(0.05) else ""
            name = self.pick([key.upper(), key.title()]) if self.oddly(0.05) else key
            if key != "credential_process" and self.oddly(0.05):
                value = self.pick([f'"{value}"', f"'{value}'", f'"{value}', f"{value}\t", f"{value} x", f"{value}=x", f"{value}\\"])
            comment = self.pick([" # c", " ; c", "#x", ";x", "\t# c", "\t; c"]) if key != "credential_process" and self.oddly(0.06) else ""
            out.append(f"{indent}{name}{delimiter}{value}{comment}")
            if self.oddly(0.04):
                out.append(self.pick(["   more", "\tmore", "  k = v", "  # more", "  aws_session_token = deep"]))
            if self.oddly(0.06):
                out.append(self.pick(["", "# note", "  ; note", "   ", ";[x]", "#k = v"]))
        if out and self.oddly(0.03):
            out.append(self.pick(out))
        if self.oddly(0.03):
            out.insert(self.rng.randint(0, len(out)), self.pick(["junk", "= v", "[broken", "]", "k =", "k", "  junk"]))
        return out

    def header(self, in_credentials, name):
        if in_credentials:
            text = f"profile {name}" if self.oddly(0.05) else name
        elif name == "default":
            text = self.pick(["default", "profile default", 'profile "default"']) if self.chance(0.2) else "default"
        elif self.oddly(0.3):
            text = self.pick([f"profile {name}", f'profile "{name}"', f"profile '{name}'", f"profile  {name}",
                              f"profile\t{name}", name, f"Profile {name}", f"profile {name} ", f'"profile {name}"', f"profile{name}"])
        else:
            text = f'profile "{name}"' if " " in name and self.chance(0.7) else f"profile {name}"
        if self.oddly(0.06):
            text = self.pick([f" {text}", f"{text} ", f" {text} ", f"\t{text}"])
        tail = self.pick([" # c", " ; x [y]", " tail", "# c", "]", "  "]) if self.oddly(0.06) else ""
        indent = " " if self.oddly(0.03) else ""
        return f"{indent}[{text}]{tail}"

    def document(self, in_credentials):
        """One file's bytes, or None where there is to be no file."""
        if self.chance(0.1):
            return None
        if self.chance(0.02):
            return b""
        names = self.rng.sample(NAMES[:4] + ["a.b"], self.rng.randint(1, 4))
        if self.oddly(0.1):
            names.append("DEFAULT")
        self.seen += [name for name in names if name != "DEFAULT"]
        if self.oddly(0.06):
            names.append(self.pick(names))
        lines = [self.pick(["early = 1", "# first", "  early = 1"])] if self.oddly(0.05) else []
        for name in names:
            lines += [self.header(in_credentials, name), *self.lines(self.settings(in_credentials))]
            if self.chance(0.5):
                lines.append("")
        if not in_credentials and self.chance(0.5):
            session = [("sso_start_url", START), ("sso_region", "us-east-1")]
            lines += [self.pick(["[sso-session corp]"] * 5 + ["[sso-session  corp]", '[sso-session "corp"]']) if self.odd else "[sso-session corp]",
                      *self.lines(session if self.chance(0.9) else session[:1])]
        newline = self.pick(["\n", "\n", "\n", "\r\n"]) if self.odd else "\n"
        text = newline.join(lines) + (newline if self.chance(0.9) else "")
        return (("\ufeff" if self.oddly(0.03) else "") + text).encode() + (b"# \xff\n" if self.oddly(0.03) else b"")

    def environment(self):
        seen = self.seen or NAMES
        env = {}
        choices = [
            (0.2, "AWS_ACCESS_KEY_ID", ["AKIDENV", "AKIDENV", "AKIDENV", "", " ", " AKIDENV "]),
            (0.2, "AWS_SECRET_ACCESS_KEY", ["s", "s", "s", "", " "]),
            (0.08, "AWS_SESSION_TOKEN", ["t", "", " "]), (0.04, "AWS_SECURITY_TOKEN", ["old", ""]),
            (0.03, "AWS_ACCESS_KEY", ["AKIDJAVA"]), (0.03, "AWS_SECRET_KEY", ["s"]), (0.03, "SECRET_ACCESS_KEY", ["s"]),
            (0.02, "AMAZON_ACCESS_KEY_ID", ["AKIDAMZ"]), (0.02, "AMAZON_SECRET_ACCESS_KEY", ["s"]),
            (0.4, "AWS_PROFILE", seen), (0.05, "AWS_PROFILE", ["ghost", "", "default", "dev "]),
            (0.15, "AWS_DEFAULT_PROFILE", [*seen, "ghost", ""]),
            (0.2, "AWS_REGION", ["ap-south-1", "ap-south-1", ""]), (0.2, "AWS_DEFAULT_REGION", ["sa-east-1", "sa-east-1", ""]),
            (0.02, "AMAZON_REGION", ["us-gov-east-1"]),
            (0.1, "AWS_WEB_IDENTITY_TOKEN_FILE", ["{HOME}/token", "{HOME}/token", "/nonexistent", ""]),
            (0.1, "AWS_ROLE_ARN", ["arn:aws:iam::123456789012:role/e", ""]), (0.04, "AWS_ROLE_SESSION_NAME", ["me"]),
            (0.04, "AWS_CREDENTIAL_FILE", ["/nonexistent", "~/ec2", "{HOME}/ec2", ""]), (0.04, "BOTO_CONFIG", ["~/.boto", "/nonexistent", ""]),
            (0.05, "AWS_CONFIG_FILE", ["~/.aws/config", "$HOME/.aws/credentials", "", "/nonexistent", "~", "{HOME}", "{HOME}/.aws/config", "{HOME}/.aws/credentials"]),
            (0.05, "AWS_SHARED_CREDENTIALS_FILE", ["~/.aws/config", "${HOME}/.aws/credentials", "", "/nonexistent", "{HOME}", "{HOME}/.aws/config", "{HOME}/.aws/credentials"]),
            (0.03, "AWS_CREDENTIAL_EXPIRATION", ["2001-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "junk"]),
            (0.3, "AWS_SDK_LOAD_CONFIG", ["1", "1", "1", "true", "0", "yes", ""]), (0.02, "AWS_SDK_CONFIG_OPT_OUT", ["1"]),
            (0.1, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", ["/ecs", "/ecs", "/nope", ""]),
            (0.1, "AWS_CONTAINER_CREDENTIALS_FULL_URI", [HERE + "/ecs", HERE + "/ecs", HERE + "/nope", "", "http://192.0.2.10/ecs"]),
            (0.05, "AWS_CONTAINER_AUTHORIZATION_TOKEN", ["tok", "", "tok"]),
            (0.04, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", ["{HOME}/token", "{HOME}/token-with-newline", "/nonexistent", ""]),
            (0.02, "AWS_ACCOUNT_ID", ["111122223333"]),
        ]
        env.update((name, self.pick(values)) for share, name, values in choices if self.chance(share))
        if self.chance(0.55):
            env["AWS_EC2_METADATA_DISABLED"] = self.pick(["true"] * 6 + ["TRUE", "True", "1", "false", "", "yes"])
        else:
            env["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = HERE
        return env

    def caches(self):
        pick = self.pick
        files = {"token": "a-web-identity-token", "token-with-newline": "tok\n"}
        when = lambda: pick(["2099-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "2001-01-01T00:00:00Z"])
        sign_in = lambda: json.dumps({"startUrl": START, "region": "us-east-1", "accessToken": "ATOK", "expiresAt": when()})
        for subject in ("corp", START):
            if self.chance(0.8):
                files[f".aws/sso/cache/{hashlib.sha1(subject.encode()).hexdigest()}.json"] = sign_in()
        if self.chance(0.7):
            token = {"accessKeyId": "AKIDLOGIN", "secretAccessKey": "s", "sessionToken": "TLOGIN", "accountId": "123456789012", "expiresAt": when()}
            files[f".aws/login/cache/{hashlib.sha256(LOGIN.encode()).hexdigest()}.json"] = json.dumps(
                {"accessToken": token, "tokenType": "aws_sigv4", "clientId": "arn:aws:signin:::devtools/same-device",
                 "refreshToken": "r", "idToken": "i", "dpopKey": DPOP})
        if self.chance(0.3):
            name = hashlib.sha1(b'{"RoleArn": "arn:aws:iam::123456789012:role/r0"}').hexdigest()
            files[f".aws/cli/cache/{name}.json"] = json.dumps(
                {"Credentials": {"AccessKeyId": "AKIDCACHED", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": when()}})
        if self.chance(0.5):
            files["ec2"] = "AWSAccessKeyId=AKIDEC2\nAWSSecretKey=s\n"
        if self.chance(0.2):
            files[".boto"] = pick(["[Credentials]\naws_access_key_id = AKIDBOTO\naws_secret_access_key = s\n", "[Boto]\n",
                                   "[Credentials]\naws_access_key_id = AKIDBOTO\n", "junk\n"])
        return {name: text.encode() for name, text in files.items()}

    def case(self):
        files = {".aws/config": self.document(False), ".aws/credentials": self.document(True)}
        files = {name: content for name, content in files.items() if content is not None}
        env = self.environment()
        profile = self.pick([*(self.seen or NAMES), "ghost", "default"]) if self.chance(0.25) else None
        return {"env": env, "profile": profile, "files": {**files, **self.caches()}}
