
if (-not (Test-Path Function:\_awsprof_before)) { Copy-Item Function:\prompt Function:\_awsprof_before }
function prompt {
    $exe = Get-Command -Name awsprof -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
    $segment = if ($exe) { & $exe prompt --shell powershell 2>$null }
    "$segment$(_awsprof_before)"
}
