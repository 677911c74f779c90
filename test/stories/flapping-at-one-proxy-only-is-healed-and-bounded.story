# main comes and goes at one proxy only: the target stays, each return is healed when the cooldown is over
with cooldown=30s
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4
> t=10..14    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=15 ha1 main:UP
> t=15        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=16        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=17..19    ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=20 ha1 main:DOWN=0 backup=4
> t=20..24    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=25 ha1 main:UP
> t=25        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1, unconfirmed ha1
> t=26..29    ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1
t=30 ha1 main:DOWN backup=4
> t=30..34    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=35 ha1 main:UP
> t=35        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1, unconfirmed ha1
> t=36..45    ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1
> t=46        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=47..49    ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=50
> t=50        ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
