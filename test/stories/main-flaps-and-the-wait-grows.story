# main comes and goes: at the third move in an hour, where two may be, the wait doubles
with failback.after=60s cooldown=10s flap.max=2
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..19     ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=20 ha1 main:UP=1 ha2 main:UP
> t=20        ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, unconfirmed ha1, not-steerable ha1
> t=21..22    ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha1
> t=23        ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E50 main  held: unconfirmed ha1, unconfirmed ha2
> t=24        ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 main  close ha1/backup  close ha2/backup
> t=25..39    ha1 main=1 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=40 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=40        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E20 backup
> t=41..49    ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=50 ha1 main:UP=1 ha2 main:UP
> t=50        ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, unconfirmed ha1, not-steerable ha1
> t=51..52    ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha1
> t=53        ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E50 main  held: unconfirmed ha1, unconfirmed ha2
> t=54        ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 main  close ha1/backup  close ha2/backup
> t=55..69    ha1 main=1 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=70 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=70        ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E20 backup
> t=71..79    ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=80 ha1 main:UP=1 ha2 main:UP
> t=80        ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, unconfirmed ha1, not-steerable ha1
> t=81..82    ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha1
> t=83        ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E50 main  held: unconfirmed ha1, unconfirmed ha2
> t=84        ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 main  close ha1/backup  close ha2/backup
> t=85..99    ha1 main=1 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=100 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=100       ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E20 backup
> t=101..109  ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=110 ha1 main:UP=1 ha2 main:UP
> t=110       ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 backup  held: flapping, unconfirmed ha1, not-steerable ha1
> t=111..229  ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 backup  held: flapping, not-steerable ha1
> t=230       ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=231       ha1 main=1 backup=4   ha2 main=0 backup=4   R30 split-brain  E60 main  close ha1/backup  close ha2/backup
t=232
> t=232       ha1 main=1 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
