# awsprof: choosing a profile reaches this shell. A name is read as text and never run.
awsprof() {
  local out name rc
  out="$(mktemp "${TMPDIR:-/tmp}/awsprof.XXXXXXXX")" || return
  AWSPROF_SHELL_OUT="$out" command awsprof "$@"
  rc=$?
  if [[ -s "$out" ]]; then
    IFS= read -r name <"$out"
    export AWSPROF_PREVIOUS="${AWS_PROFILE-}"
    if [[ -n "$name" ]]; then export AWS_PROFILE="$name"; else unset AWS_PROFILE; fi
  fi
  command rm -f -- "$out"
  return "$rc"
}

_awsprof_profile_names() {
  local -a names
  names=("${(@f)$(command awsprof profile-names 2>/dev/null)}")
  compadd -a names
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
