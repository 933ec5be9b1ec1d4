# awsprof: choosing a profile reaches this shell. A name is read as text and never run.
awsprof() {
  local out name rc
  out="$(mktemp "${TMPDIR:-/tmp}/awsprof.XXXXXXXX")" || return
  AWSPROF_SHELL_OUT="$out" command awsprof "$@"
  rc=$?
  if [ -s "$out" ]; then
    IFS= read -r name <"$out"
    export AWSPROF_PREVIOUS="${AWS_PROFILE-}"
    if [ -n "$name" ]; then export AWS_PROFILE="$name"; else unset AWS_PROFILE; fi
  fi
  command rm -f -- "$out"
  return "$rc"
}

# Where a profile can stand, the names of the profiles are offered.
_awsprof_profiles() {
  _awsprof "$@"
  local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" name
  [[ "$cur" == -* || "$prev" == --* ]] && return
  if [[ $COMP_CWORD -ge 2 && " @ONE@ " == *" ${COMP_WORDS[1]} "* ]] ||
     [[ $COMP_CWORD -ge 3 && " @TWO@ " == *" ${COMP_WORDS[1]}/${COMP_WORDS[2]} "* ]]; then
    COMPREPLY=()
    while IFS= read -r name; do
      [[ "$name" == "$cur"* ]] && COMPREPLY+=("$(printf '%q' "$name")")
    done < <(command awsprof profile-names 2>/dev/null)
  fi
}
complete -F _awsprof_profiles -o bashdefault -o default awsprof
