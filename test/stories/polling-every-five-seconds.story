# poll.interval=5s: two looks that agree are five seconds apart
with poll.interval=5s
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=5         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main=3 backup=1
> t=10        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=15        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=20        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=25
> t=25        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
