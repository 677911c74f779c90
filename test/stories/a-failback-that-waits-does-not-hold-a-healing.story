# a failback waits for the cooldown, main draws sessions and the other proxy freezes: the split is healed all the same
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
> t=31..34    ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  held: cooldown ha1
t=35 ha2 unseen
> t=35..39    ha1 main=0 backup=4   ha2 unseen   R50 sticky  E60 main  held: cooldown ha1, blind ha2
t=40 ha1 main=2 backup=2
> t=40..60    ha1 main=2 backup=2   ha2 unseen   R30 split-brain  E60 main  held: cooldown ha1, blind ha2
> t=61        ha1 main=2 backup=2   ha2 unseen   R30 split-brain  E60 main  held: blind ha2  close ha1/backup
> t=62..69    ha1 main=2 backup=0   ha2 unseen   R70 converged  E60 main
t=70 ha2 seen
> t=70        ha1 main=2 backup=0   ha2 main=0 backup=4   R30 split-brain  E60 main  held: unconfirmed ha2
> t=71        ha1 main=2 backup=0   ha2 main=0 backup=4   R30 split-brain  E60 main  close ha2/backup
> t=72        ha1 main=2 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=73
> t=73        ha1 main=2 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
