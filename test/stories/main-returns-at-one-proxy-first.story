# main returns at one proxy first: the split is healed once main is up everywhere, the good side is never touched
with failback.after=30m
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=10        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E20 backup
> t=11..39    ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=40 ha1 main:UP
> t=40..49    ha1 main=0 backup=4   ha2 main:DOWN=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=50 ha1 main=1 backup=3
> t=50        ha1 main=1 backup=3   ha2 main:DOWN=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, unconfirmed ha1, not-steerable ha1
> t=51..69    ha1 main=1 backup=3   ha2 main:DOWN=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha1
t=70 ha2 main:UP_1/3
> t=70..71    ha1 main=1 backup=3   ha2 main:UP_1/3=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha1
t=72 ha2 main:UP
> t=72..74    ha1 main=1 backup=3   ha2 main=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha1
> t=75        ha1 main=1 backup=3   ha2 main=0 backup=4   R30 split-brain  E50 main  held: unconfirmed ha1, unconfirmed ha2
> t=76        ha1 main=1 backup=3   ha2 main=0 backup=4   R30 split-brain  E60 main  close ha1/backup  close ha2/backup
> t=77..89    ha1 main=1 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=90 ha1 main=4 ha2 main=4
> t=90..99    ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=100
> t=100       ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
