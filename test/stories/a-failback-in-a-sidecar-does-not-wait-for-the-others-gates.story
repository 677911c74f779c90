# drive=ha1: ha2 is not this sidecar's to close, and what is shut there holds nothing at ha1
with drive=ha1 failback.after=20s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..29    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=30        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, not-driver ha2, unconfirmed ha2
t=31 ha2 main:failing
> t=31        ha1 main=0 backup=4   ha2 main:failing=0 backup=4   R50 sticky  E60 main  held: target-not-up ha2  close ha1/backup
> t=32..34    ha1 main=0 backup=0   ha2 main:failing=0 backup=4   R50 sticky  E60 main  held: target-not-up ha2
t=35 ha2 main:UP=4 backup=0
> t=35        ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=36
> t=36        ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
