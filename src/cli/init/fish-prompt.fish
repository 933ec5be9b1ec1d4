
functions -q _awsprof_before; or functions -c fish_prompt _awsprof_before
function fish_prompt
    command awsprof prompt --shell fish 2>/dev/null
    _awsprof_before
end
