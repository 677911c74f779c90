# main is UP 1/3 at both proxies for a look, and at one for longer: the failback that has begun is still all or nothing
with failback.after=20s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..19     ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=20 ha1 main:UP ha2 main:UP
> t=20..39    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=40        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
t=41 ha1 main:UP_1/3 ha2 main:UP_1/3
> t=41        ha1 main:UP_1/3=0 backup=4   ha2 main:UP_1/3=0 backup=4   R50 sticky  E60 main  held: target-not-up ha1, target-not-up ha2
t=42 ha1 main:UP
> t=42        ha1 main=0 backup=4   ha2 main:UP_1/3=0 backup=4   R50 sticky  E60 main  held: unconfirmed ha1, target-not-up ha2
> t=43..49    ha1 main=0 backup=4   ha2 main:UP_1/3=0 backup=4   R50 sticky  E60 main  held: target-not-up ha2
t=50 ha2 main:UP
> t=50        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  held: unconfirmed ha2
> t=51        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=52        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=53
> t=53        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
