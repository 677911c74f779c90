# the wall clock is set back an hour: two fresh looks first, no wait and no cooldown is made longer by it
with cooldown=20s
t=0 ha1 main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=2..9      ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 backup=1
> t=10        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1, unconfirmed ha1
> t=11..14    ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1
t=15 jump=-3600
> t=15        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1, unconfirmed ha1, stalled ha1
> t=16        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1, stalled ha1
> t=17..20    ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1
t=21 jump=-10
> t=21        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1, stalled ha1
> t=22        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: stalled ha1
> t=23        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=24        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=25
> t=25        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
