
setopt prompt_subst
PROMPT='$(command awsprof prompt --shell zsh 2>/dev/null)'"$PROMPT"
