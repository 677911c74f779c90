# two moves in two minutes are too many here: the wait doubles, and after two quiet minutes is what it was
with failback.after=30s cooldown=5s flap.max=1 flap.within=2m
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP=1 ha2 main:UP
> t=10        ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, unconfirmed ha1, not-steerable ha1
> t=11..12    ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha1
> t=13        ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E50 main  held: unconfirmed ha1, unconfirmed ha2
> t=14        ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 main  close ha1/backup  close ha2/backup
> t=15..19    ha1 main=1 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=20 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=20        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E20 backup
> t=21..29    ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=30 ha1 main:UP=1 ha2 main:UP
> t=30        ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, unconfirmed ha1, not-steerable ha1
> t=31..32    ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha1
> t=33        ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E50 main  held: unconfirmed ha1, unconfirmed ha2
> t=34        ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 main  close ha1/backup  close ha2/backup
> t=35..39    ha1 main=1 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=40 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=40        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E20 backup
> t=41..49    ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=50 ha1 main:UP ha2 main:UP
> t=50..99    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (flapping)  E60 backup  held: flapping
t=100 ha1 main:DOWN=0 ha2 main:DOWN=0
> t=100..199  ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=200 ha1 main:UP ha2 main:UP
> t=200..229  ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=230       ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=231       ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=232..234  ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=235
> t=235       ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
