
PS1='$(command awsprof prompt --shell bash 2>/dev/null)'"$PS1"
