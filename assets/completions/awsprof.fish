# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_awsprof_global_optspecs
    string join \n json color= q/quiet v/verbose read-only plain h/help V/version
end

function __fish_awsprof_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_awsprof_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_awsprof_using_subcommand
    set -l cmd (__fish_awsprof_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c awsprof -n "__fish_awsprof_needs_command" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_needs_command" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_needs_command" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_needs_command" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_needs_command" -l read-only -d 'Open the screen without the power to write or to renew'
complete -c awsprof -n "__fish_awsprof_needs_command" -l plain -d 'No screen but a conversation, line by line: for screen readers and dumb terminals'
complete -c awsprof -n "__fish_awsprof_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c awsprof -n "__fish_awsprof_needs_command" -s V -l version -d 'Print version'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "demo" -d 'The screen on a throw-away home and an embedded AWS'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "list" -d 'Profiles: kind, account, region, session, problems'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "ls" -d 'Profiles: kind, account, region, session, problems'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "show" -d 'Every setting of a profile with its file and line'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "chain" -d 'Which credentials a tool would use, and why'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "use" -d 'Make a profile the default one'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "renew" -d 'A new MFA session, written to its session profile'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "assume" -d 'A role\'s session into the cache: one MFA code serves all roles on a device'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "forget" -d 'Remove the sessions that awsprof wrote, and cached roles'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "login" -d 'Sign in to IAM Identity Center, for every tool'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "logout" -d 'Sign out of IAM Identity Center'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "sso" -d 'Profiles made from what Identity Center lets you enter'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "serve" -d 'A local ECS-style endpoint, for programs that outlive a session'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "watch" -d 'Keeps sessions alive without a screen'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "whoami" -d 'Who AWS says a profile\'s credentials are'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "add" -d 'A new profile: asked for on the terminal, or given with --set'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "edit" -d 'Set or remove keys of a profile'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "rename" -d 'Give a profile another name; what names it follows'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "copy" -d 'A second profile with the same keys'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "remove" -d 'Remove a profile from both files'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "rm" -d 'Remove a profile from both files'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "import" -d 'Take over profiles from other tools\' files'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "export" -d 'Credentials for a shell or for another program, on stdout'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "exec" -d 'Run a program with a profile\'s credentials in a clean environment'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "console" -d 'The AWS console in a browser, signed in as a profile'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "keys" -d 'Access keys of an IAM user: how old, when used, and a new one for an old one'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "presign" -d 'A signed URL that proves to another system who the profile is'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "eks-token" -d 'A token for a Kubernetes cluster on EKS, as kubectl\'s exec plugins print it'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "imds" -d 'Browse the metadata of the instance this runs on, credentials masked'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "setup" -d 'Make other programs use awsprof'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "totp" -d 'Kept seeds: codes without a phone, renewals without typing'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "__keyring" -d 'Asks the keyring, as a child of awsprof'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "undo" -d 'Take back the last user write'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "redo" -d 'Reverse the last undo'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "doctor" -d 'What is wrong with the files and the environment, and what can be mended'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "pick" -d 'Choose a profile on the terminal; its name goes to stdout'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "init" -d 'What makes a shell work with awsprof: a function, completions, a prompt segment'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "prompt" -d 'The segment for a shell\'s prompt: the profile and what is left of its session'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "profile-names" -d 'The names of the profiles, for completions'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "completions" -d 'Completions for a shell, on stdout'
complete -c awsprof -n "__fish_awsprof_needs_command" -f -a "man" -d 'The manual page, on stdout'
complete -c awsprof -n "__fish_awsprof_using_subcommand demo" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand demo" -l no-authenticator -d 'Leave out the line that shows the device\'s current code'
complete -c awsprof -n "__fish_awsprof_using_subcommand demo" -l read-only -d 'Open the screen without the power to write or to renew'
complete -c awsprof -n "__fish_awsprof_using_subcommand demo" -l plain -d 'No screen but a conversation, line by line: for screen readers and dumb terminals'
complete -c awsprof -n "__fish_awsprof_using_subcommand demo" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand demo" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand demo" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand demo" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand list" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand list" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand list" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand list" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand list" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand ls" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand ls" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand ls" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand ls" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand ls" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand show" -l tool -d 'Read the files as this tool reads them' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand show" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand show" -l all -d 'Everything in both files, merged as the SDKs merge (JSON only)'
complete -c awsprof -n "__fish_awsprof_using_subcommand show" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand show" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand show" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand show" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand chain" -l tool -d 'The tool whose chain it is' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand chain" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand chain" -l all-tools -d 'Every tool awsprof knows'
complete -c awsprof -n "__fish_awsprof_using_subcommand chain" -l no-probe -d 'Ask no network and run no process'
complete -c awsprof -n "__fish_awsprof_using_subcommand chain" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand chain" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand chain" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand chain" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand use" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand use" -l clear -d 'Give back the default profile that was there before awsprof'
complete -c awsprof -n "__fish_awsprof_using_subcommand use" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand use" -l dry-run -d 'Print the diff and write nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand use" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand use" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand use" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand use" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand renew" -l code -d 'The six digits on the device; `-` reads them from standard input' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand renew" -l duration -d 'How long the session shall last, 15m to 36h' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand renew" -l serial -d 'The device, when the profile does not name it' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand renew" -l into -d 'The session profile to write' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand renew" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand renew" -l force -d 'Renew although the session is fresh'
complete -c awsprof -n "__fish_awsprof_using_subcommand renew" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand renew" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand renew" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand renew" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand assume" -l code -d 'The six digits on the device, if they are needed; `-` reads them from standard input' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand assume" -l duration -d 'How long the session shall last, 15m to 12h' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand assume" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand assume" -l force -d 'Take it anew although the session is fresh'
complete -c awsprof -n "__fish_awsprof_using_subcommand assume" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand assume" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand assume" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand assume" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand forget" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand forget" -l all -d 'Everybody\'s'
complete -c awsprof -n "__fish_awsprof_using_subcommand forget" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand forget" -l dry-run -d 'Print the diff and write nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand forget" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand forget" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand forget" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand forget" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand login" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand login" -l device-code -d 'A code to confirm in any browser, instead of this machine\'s'
complete -c awsprof -n "__fish_awsprof_using_subcommand login" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand login" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand login" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand login" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand logout" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand logout" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand logout" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand logout" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand logout" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and not __fish_seen_subcommand_from sync list env" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and not __fish_seen_subcommand_from sync list env" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and not __fish_seen_subcommand_from sync list env" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and not __fish_seen_subcommand_from sync list env" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and not __fish_seen_subcommand_from sync list env" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and not __fish_seen_subcommand_from sync list env" -f -a "sync" -d 'Make the profiles of a block in ~/.aws/config those of all accounts and roles; nothing outside it is touched'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and not __fish_seen_subcommand_from sync list env" -f -a "list" -d 'Accounts and roles, as Identity Center lists them'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and not __fish_seen_subcommand_from sync list env" -f -a "env" -d 'Credentials of a role that has no profile'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from sync" -l template -d 'What the profiles are called, instead of the setting `sso.template`' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from sync" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from sync" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from sync" -l dry-run -d 'Print the diff and write nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from sync" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from sync" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from sync" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from sync" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from list" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from list" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from env" -l format -d 'For whom' -r -f -a "env\t'`export` lines for sh, bash and zsh'
env-no-export\t'Plain `NAME=value` lines, as env files have them'
fish\t'`set -gx` lines'
powershell\t'`$Env:` lines'
windows-cmd\t'`set` lines'
process\t'The answer of a `credential_process`'
json\t'One JSON object'
ini\t'A section for a credentials file'"
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from env" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from env" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from env" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from env" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand sso; and __fish_seen_subcommand_from env" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c awsprof -n "__fish_awsprof_using_subcommand serve" -l port -d 'The port on 127.0.0.1 [default: a free one]' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand serve" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand serve" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand serve" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand serve" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand serve" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand watch" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand watch" -l once -d 'Do what is due now, and end: 0 if every session lasts'
complete -c awsprof -n "__fish_awsprof_using_subcommand watch" -l install -d 'Write a systemd user unit (Linux) or a launchd agent (macOS) that watches from login on'
complete -c awsprof -n "__fish_awsprof_using_subcommand watch" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand watch" -l dry-run -d 'Print the diff and write nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand watch" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand watch" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand watch" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand watch" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand whoami" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand whoami" -l no-session -d 'Ask with the long-term keys instead of the MFA session'
complete -c awsprof -n "__fish_awsprof_using_subcommand whoami" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand whoami" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand whoami" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand whoami" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand add" -l set -d 'Set a key that is no secret (repeatable)' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand add" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand add" -l secrets-stdin -d 'Read secrets from standard input, one KEY=VALUE a line'
complete -c awsprof -n "__fish_awsprof_using_subcommand add" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand add" -l dry-run -d 'Print the diff and write nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand add" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand add" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand add" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand add" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand edit" -l set -d 'Set a key that is no secret (repeatable)' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand edit" -l unset -d 'Remove a key (repeatable)' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand edit" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand edit" -l secrets-stdin -d 'Read secrets from standard input, one KEY=VALUE a line'
complete -c awsprof -n "__fish_awsprof_using_subcommand edit" -l sso-session -d 'The name is that of an [sso-session ...]'
complete -c awsprof -n "__fish_awsprof_using_subcommand edit" -l services -d 'The name is that of a [services ...]'
complete -c awsprof -n "__fish_awsprof_using_subcommand edit" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand edit" -l dry-run -d 'Print the diff and write nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand edit" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand edit" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand edit" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand edit" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand rename" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand rename" -l sso-session -d 'The name is that of an [sso-session ...]'
complete -c awsprof -n "__fish_awsprof_using_subcommand rename" -l services -d 'The name is that of a [services ...]'
complete -c awsprof -n "__fish_awsprof_using_subcommand rename" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand rename" -l dry-run -d 'Print the diff and write nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand rename" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand rename" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand rename" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand rename" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand copy" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand copy" -l sso-session -d 'The name is that of an [sso-session ...]'
complete -c awsprof -n "__fish_awsprof_using_subcommand copy" -l services -d 'The name is that of a [services ...]'
complete -c awsprof -n "__fish_awsprof_using_subcommand copy" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand copy" -l dry-run -d 'Print the diff and write nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand copy" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand copy" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand copy" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand copy" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand remove" -l retarget -d 'What names it names this one from then on' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand remove" -l delete-keys -d 'Let the last copy of long-term keys go: the profile\'s name again, in place of typing it' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand remove" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand remove" -l leave-references -d 'What names it may go on naming nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand remove" -l sso-session -d 'The name is that of an [sso-session ...]'
complete -c awsprof -n "__fish_awsprof_using_subcommand remove" -l services -d 'The name is that of a [services ...]'
complete -c awsprof -n "__fish_awsprof_using_subcommand remove" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand remove" -l dry-run -d 'Print the diff and write nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand remove" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand remove" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand remove" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand remove" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand rm" -l retarget -d 'What names it names this one from then on' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand rm" -l delete-keys -d 'Let the last copy of long-term keys go: the profile\'s name again, in place of typing it' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand rm" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand rm" -l leave-references -d 'What names it may go on naming nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand rm" -l sso-session -d 'The name is that of an [sso-session ...]'
complete -c awsprof -n "__fish_awsprof_using_subcommand rm" -l services -d 'The name is that of a [services ...]'
complete -c awsprof -n "__fish_awsprof_using_subcommand rm" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand rm" -l dry-run -d 'Print the diff and write nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand rm" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand rm" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand rm" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand rm" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand import" -l as -d 'The profile\'s name, when one is found' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand import" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand import" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand import" -l dry-run -d 'Print the diff and write nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand import" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand import" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand import" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand import" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand export" -l min-ttl -d 'Renew a session that has less than this left [default: 15m, if somebody can be asked]' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand export" -l code -d 'The six digits on the device, if they are needed; `-` reads them from standard input' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand export" -l format -d 'For whom' -r -f -a "env\t'`export` lines for sh, bash and zsh'
env-no-export\t'Plain `NAME=value` lines, as env files have them'
fish\t'`set -gx` lines'
powershell\t'`$Env:` lines'
windows-cmd\t'`set` lines'
process\t'The answer of a `credential_process`'
json\t'One JSON object'
ini\t'A section for a credentials file'"
complete -c awsprof -n "__fish_awsprof_using_subcommand export" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand export" -l no-session -d 'The long-term keys instead of the MFA session'
complete -c awsprof -n "__fish_awsprof_using_subcommand export" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand export" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand export" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c awsprof -n "__fish_awsprof_using_subcommand exec" -l min-ttl -d 'Renew a session that has less than this left [default: 15m, if somebody can be asked]' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand exec" -l code -d 'The six digits on the device, if they are needed; `-` reads them from standard input' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand exec" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand exec" -l no-session -d 'The long-term keys instead of the MFA session'
complete -c awsprof -n "__fish_awsprof_using_subcommand exec" -s y -l yes -d 'Do not ask before production'
complete -c awsprof -n "__fish_awsprof_using_subcommand exec" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand exec" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand exec" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand exec" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand console" -l min-ttl -d 'Renew a session that has less than this left [default: 15m, if somebody can be asked]' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand console" -l code -d 'The six digits on the device, if they are needed; `-` reads them from standard input' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand console" -l service -d 'The page to open: ec2, s3, cloudformation, … [default: the first one]' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand console" -l region -d 'Another region than the profile\'s' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand console" -l duration -d 'How long the console\'s session shall last, 15m to 12h (of an IAM user: to 36h)' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand console" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand console" -l no-session -d 'The long-term keys instead of the MFA session'
complete -c awsprof -n "__fish_awsprof_using_subcommand console" -l print -d 'Print the URL instead: whoever has it is signed in'
complete -c awsprof -n "__fish_awsprof_using_subcommand console" -s y -l yes -d 'Do not ask before production'
complete -c awsprof -n "__fish_awsprof_using_subcommand console" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand console" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand console" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand console" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and not __fish_seen_subcommand_from list rotate" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and not __fish_seen_subcommand_from list rotate" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and not __fish_seen_subcommand_from list rotate" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and not __fish_seen_subcommand_from list rotate" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and not __fish_seen_subcommand_from list rotate" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and not __fish_seen_subcommand_from list rotate" -f -a "list" -d 'Age, status and last use of a user\'s keys'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and not __fish_seen_subcommand_from list rotate" -f -a "rotate" -d 'A new key in the place of the profile\'s; the old one becomes inactive'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and __fish_seen_subcommand_from list" -l code -d 'The six digits on the device, if they are needed; `-` reads them from standard input' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and __fish_seen_subcommand_from list" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and __fish_seen_subcommand_from list" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l code -d 'The six digits on the device, if they are needed; `-` reads them from standard input' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l finish -d 'Delete the key that was made inactive'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c awsprof -n "__fish_awsprof_using_subcommand presign" -l min-ttl -d 'Renew a session that has less than this left [default: 15m, if somebody can be asked]' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand presign" -l code -d 'The six digits on the device, if they are needed; `-` reads them from standard input' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand presign" -l expires -d 'How long the URL is good for' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand presign" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand presign" -l no-session -d 'The long-term keys instead of the MFA session'
complete -c awsprof -n "__fish_awsprof_using_subcommand presign" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand presign" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand presign" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand presign" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand eks-token" -l min-ttl -d 'Renew a session that has less than this left [default: 15m, if somebody can be asked]' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand eks-token" -l code -d 'The six digits on the device, if they are needed; `-` reads them from standard input' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand eks-token" -l cluster -d 'The cluster\'s name' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand eks-token" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand eks-token" -l no-session -d 'The long-term keys instead of the MFA session'
complete -c awsprof -n "__fish_awsprof_using_subcommand eks-token" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand eks-token" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand eks-token" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand eks-token" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand imds" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand imds" -l v1 -d 'Ask without a token, as version 1 does'
complete -c awsprof -n "__fish_awsprof_using_subcommand imds" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand imds" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand imds" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand imds" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand setup; and not __fish_seen_subcommand_from process" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand setup; and not __fish_seen_subcommand_from process" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand setup; and not __fish_seen_subcommand_from process" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand setup; and not __fish_seen_subcommand_from process" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand setup; and not __fish_seen_subcommand_from process" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand setup; and not __fish_seen_subcommand_from process" -f -a "process" -d 'A profile whose `credential_process` is `awsprof export`'
complete -c awsprof -n "__fish_awsprof_using_subcommand setup; and __fish_seen_subcommand_from process" -l as -d 'The profile to write, another one [default: PROFILE-auto]' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand setup; and __fish_seen_subcommand_from process" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand setup; and __fish_seen_subcommand_from process" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand setup; and __fish_seen_subcommand_from process" -l dry-run -d 'Print the diff and write nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand setup; and __fish_seen_subcommand_from process" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand setup; and __fish_seen_subcommand_from process" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand setup; and __fish_seen_subcommand_from process" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand setup; and __fish_seen_subcommand_from process" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and not __fish_seen_subcommand_from add code list ls remove rm" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and not __fish_seen_subcommand_from add code list ls remove rm" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and not __fish_seen_subcommand_from add code list ls remove rm" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and not __fish_seen_subcommand_from add code list ls remove rm" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and not __fish_seen_subcommand_from add code list ls remove rm" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and not __fish_seen_subcommand_from add code list ls remove rm" -f -a "add" -d 'Keep a seed: base32, an otpauth:// URL, or the text of the QR image'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and not __fish_seen_subcommand_from add code list ls remove rm" -f -a "code" -d 'Print the code of this moment'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and not __fish_seen_subcommand_from add code list ls remove rm" -f -a "list" -d 'The devices whose seeds are kept'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and not __fish_seen_subcommand_from add code list ls remove rm" -f -a "ls" -d 'The devices whose seeds are kept'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and not __fish_seen_subcommand_from add code list ls remove rm" -f -a "remove" -d 'Remove a kept seed'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and not __fish_seen_subcommand_from add code list ls remove rm" -f -a "rm" -d 'Remove a kept seed'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from add" -l serial -d 'The device, when the profile does not name it' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from add" -l store -d 'Where to keep it [default: the setting totp.store]' -r -f -a "keyring\t''
file\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from add" -l verify -d 'The code another device with this seed shows now: nothing is kept unless the seed makes it too' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from add" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from add" -l secret-stdin -d 'Read the seed from standard input'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from add" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from add" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from code" -l serial -d 'The device, when the profile does not name it' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from code" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from code" -l wait -d 'Wait for the next code if AWS was sent this one'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from code" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from code" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from code" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from code" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from list" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from list" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from ls" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from ls" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from remove" -l serial -d 'The device, when the profile does not name it' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from remove" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from remove" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from rm" -l serial -d 'The device, when the profile does not name it' -r
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from rm" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from rm" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand totp; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand __keyring" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand __keyring" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand __keyring" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand __keyring" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand __keyring" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand undo" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand undo" -l list -d 'Show what can be taken back'
complete -c awsprof -n "__fish_awsprof_using_subcommand undo" -l forget -d 'Erase the journal'
complete -c awsprof -n "__fish_awsprof_using_subcommand undo" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand undo" -l dry-run -d 'Print the diff and write nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand undo" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand undo" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand undo" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand undo" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand redo" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand redo" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand redo" -l dry-run -d 'Print the diff and write nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand redo" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand redo" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand redo" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand redo" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand doctor" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand doctor" -l fix -d 'Mend what can be mended, after showing how'
complete -c awsprof -n "__fish_awsprof_using_subcommand doctor" -l no-probe -d 'Ask no network: the clock is not compared with that of AWS'
complete -c awsprof -n "__fish_awsprof_using_subcommand doctor" -s y -l yes -d 'Do not ask'
complete -c awsprof -n "__fish_awsprof_using_subcommand doctor" -l dry-run -d 'Print the diff and write nothing'
complete -c awsprof -n "__fish_awsprof_using_subcommand doctor" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand doctor" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand doctor" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand pick" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand pick" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand pick" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand pick" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand pick" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand init" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand init" -l prompt -d 'Put the segment in front of the prompt, too'
complete -c awsprof -n "__fish_awsprof_using_subcommand init" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand init" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand init" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c awsprof -n "__fish_awsprof_using_subcommand prompt" -l shell -d 'The shell whose prompt it is: its marks for colours' -r -f -a "bash\t''
zsh\t''
fish\t''
powershell\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand prompt" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand prompt" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand prompt" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand prompt" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand prompt" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand profile-names" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand profile-names" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand profile-names" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand profile-names" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand profile-names" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand completions" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand completions" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand completions" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand completions" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand completions" -s h -l help -d 'Print help'
complete -c awsprof -n "__fish_awsprof_using_subcommand man" -l color -d 'When to colour what is printed' -r -f -a "auto\t''
always\t''
never\t''"
complete -c awsprof -n "__fish_awsprof_using_subcommand man" -l json -d 'Print the answer as JSON; errors too, on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand man" -s q -l quiet -d 'Say nothing but errors on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand man" -s v -l verbose -d 'Say more on stderr'
complete -c awsprof -n "__fish_awsprof_using_subcommand man" -s h -l help -d 'Print help'
