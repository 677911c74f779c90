# one proxy cannot be seen from the start: the other is healed, and a failback waits for the sight of both
with failback.after=10s
t=0 ha2 unseen ha1 main=3 backup=1
> t=0         ha1 main=3 backup=1   ha2 unseen   R30 split-brain  E80 main  held: unconfirmed, unconfirmed ha1, blind ha2
> t=1..2      ha1 main=3 backup=1   ha2 unseen   R30 split-brain  E80 main  held: unconfirmed, blind ha2
> t=3         ha1 main=3 backup=1   ha2 unseen   R30 split-brain  E80 main  held: blind ha2  close ha1/backup
> t=4..9      ha1 main=3 backup=0   ha2 unseen   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=10        ha1 main:DOWN=0 backup=4   ha2 unseen   R90 failed-over  E20 backup
> t=11..14    ha1 main:DOWN=0 backup=4   ha2 unseen   R90 failed-over  E60 backup
t=15 ha1 main:UP ha2 main:UP
> t=15..24    ha1 main=0 backup=4   ha2 unseen   R80 holding (wait)  E60 backup  held: failback-wait, blind ha2
> t=25..59    ha1 main=0 backup=4   ha2 unseen   R80 holding (wait)  E60 backup  held: blind ha2
t=60 ha2 seen
> t=60        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: cooldown ha1, unconfirmed ha1, unconfirmed ha2
> t=61..64    ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  held: cooldown ha1
t=65
> t=65        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  held: cooldown ha1
