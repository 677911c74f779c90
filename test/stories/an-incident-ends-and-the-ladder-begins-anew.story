# once all are on main what was tried is forgotten: the next closing begins with the first rung
with reload=ha1 cooldown=10s warmup=0s
t=0 failed ha1 main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
t=2 ok
> t=2         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=3         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  reload ha1
> t=4         ha1 main=0 backup=0 old100(main=3 backup=1)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=5         ha1 main=0 backup=0 old100(main=3 backup=1)   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/old100/backup
> t=6..9      ha1 main=0 backup=0 old100(main=3)   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 backup=1
> t=10        ha1 main=0 backup=1 old100(main=3)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1, unconfirmed ha1
> t=11..14    ha1 main=0 backup=1 old100(main=3)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1
> t=15        ha1 main=0 backup=1 old100(main=3)   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=16..19    ha1 main=0 backup=0 old100(main=3)   ha2 main=4 backup=0   R70 converged  E60 main
t=20
> t=20        ha1 main=0 backup=0 old100(main=3)   ha2 main=4 backup=0   R70 converged  E60 main
