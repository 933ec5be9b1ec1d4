# awsprof: choosing a profile reaches this shell. A name is read as text and never run.
function awsprof {
    $exe = Get-Command -Name awsprof -CommandType Application -ErrorAction Stop | Select-Object -First 1
    $out = [System.IO.Path]::GetTempFileName()
    $code = 0
    try {
        $env:AWSPROF_SHELL_OUT = $out
        & $exe @args
        $code = $LASTEXITCODE
        $env:AWSPROF_SHELL_OUT = $null
        if ((Get-Item -LiteralPath $out).Length -gt 0) {
            $name = [System.IO.File]::ReadAllLines($out)[0]
            $env:AWSPROF_PREVIOUS = $env:AWS_PROFILE
            if ($name) { $env:AWS_PROFILE = $name } else { $env:AWS_PROFILE = $null }
        }
    } finally {
        $env:AWSPROF_SHELL_OUT = $null
        Remove-Item -LiteralPath $out -ErrorAction SilentlyContinue
        $global:LASTEXITCODE = $code
    }
}
