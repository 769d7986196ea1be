module boxoffice.dev/check

go 1.19
