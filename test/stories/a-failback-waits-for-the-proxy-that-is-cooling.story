# sessions were closed at one proxy a moment ago when the failback is due: the other waits with it
with failback.after=20s cooldown=60s
t=0 ha1 main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=2..4      ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=5 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=5         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E20 backup
> t=6..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..29    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=30        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: cooldown ha1, unconfirmed ha1, unconfirmed ha2
> t=31..60    ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  held: cooldown ha1
> t=61        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=62..64    ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=65
> t=65        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
