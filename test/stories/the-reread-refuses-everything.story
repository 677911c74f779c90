# the re-read refuses at both proxies: nothing was closed, no cooldown begins, the failback stays all or nothing
with failback.after=20s
t=0 refused ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..29    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=30        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=31        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
t=32 ha2 main:failing
> t=32        ha1 main=0 backup=4   ha2 main:failing=0 backup=4   R50 sticky  E60 main  held: unconfirmed ha1, target-not-up ha2
> t=33..35    ha1 main=0 backup=4   ha2 main:failing=0 backup=4   R50 sticky  E60 main  held: target-not-up ha2
t=36 ok ha2 main:UP
> t=36        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  held: unconfirmed ha2
> t=37        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=38..39    ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=40
> t=40        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
