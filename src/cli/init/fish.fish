# awsprof: choosing a profile reaches this shell. A name is read as text and never run.
function awsprof
    set -l tmp /tmp
    set -q TMPDIR; and set tmp $TMPDIR
    set -l out (mktemp $tmp/awsprof.XXXXXXXX); or return
    AWSPROF_SHELL_OUT=$out command awsprof $argv
    set -l rc $status
    if test -s $out
        read -l name <$out
        set -gx AWSPROF_PREVIOUS "$AWS_PROFILE"
        if test -n "$name"
            set -gx AWS_PROFILE $name
        else
            set -e AWS_PROFILE
        end
    end
    command rm -f -- $out
    return $rc
end
