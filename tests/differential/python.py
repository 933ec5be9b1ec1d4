"""boto3 or an AWS CLI as an oracle: `oracle.py boto3|cli`."""
import getpass, io, json, os, sys
def no_code(*_):
    raise EOFError("no terminal")
getpass.getpass = no_code
kind = sys.argv[1]
real = sys.stdout
sys.stdout = io.StringIO()
sys.stderr = io.StringIO()
class Anything:
    def __init__(self, **known):
        self.__dict__.update(known)
    def __getattr__(self, name):
        return None
import awscli.clidriver
if kind == "boto3":
    import boto3
old = awscli.__version__.startswith("2.9.")
if old:
    from awscli.botocore.session import Session
    creates = Session.create_client
    def create(self, service, *args, **kwargs):
        here = os.environ.get("AWS_ENDPOINT_URL_STS")
        if here and service in ("sts", "sso", "sso-oidc"):
            kwargs["endpoint_url"] = here
        return creates(self, service, *args, **kwargs)
    Session.create_client = create

def at_home(home):
    """Folders that botocore finds once, when it is imported."""
    import importlib
    top = "awscli.botocore" if old else "botocore"
    sso, cli = os.path.join(home, ".aws/sso/cache"), os.path.join(home, ".aws/cli/cache")
    importlib.import_module(top + ".credentials").SSOProvider._SSO_TOKEN_CACHE_DIR = sso
    importlib.import_module(top + ".tokens").SSOTokenProvider._SSO_TOKEN_CACHE_DIR = sso
    from awscli.customizations import assumerole
    assumerole.CACHE_DIR = cli
    for cache in ("JSONFileCache",):
        getattr(importlib.import_module(top + ".utils"), cache).CACHE_DIR = cli

def session_of(profile):
    if kind == "boto3":
        return boto3.session.Session(profile_name=profile)._session
    driver = awscli.clidriver.create_clidriver()
    session = driver.session
    if profile:
        session.set_config_variable("profile", profile)
    session.emit("session-initialized", session=session, parsed_args=Anything(
        profile=profile, region=None, command="sts", verify_ssl=None, debug=False, cli_binary_format=None, query=None, output=None))
    return session

for line in sys.stdin:  # noqa
    case = json.loads(line)
    os.environ.clear(); os.environ.update(case["env"])
    if old and os.environ.get("AWS_EC2_METADATA_SERVICE_ENDPOINT"):
        os.environ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] += "/"
    out = {"akid": None, "region": None, "error": None}
    try:
        at_home(case["env"]["HOME"])
        session = session_of(case["profile"])
        out["region"] = session.get_config_variable("region")
        c = session.get_credentials()
        if c is not None:
            f = c.get_frozen_credentials()
            out.update(akid=f.access_key, token=f.token, source=c.method)
    except BaseException as e:
        out["error"] = f"{type(e).__name__}: {e}"
    real.write(json.dumps(out) + "\n"); real.flush()
