# both stats sockets show all on main: the split is in an old worker, and is healed there
t=0 ha1 main=4 ha2 backup=2 reload main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0 old200(backup=2)   R30 split-brain  E90 main  held: target-not-up ha2
> t=1..29     ha1 main=4 backup=0   ha2 main=4 backup=0 old200(backup=2)   R30 split-brain  E60 main  held: target-not-up ha2
> t=30        ha1 main=4 backup=0   ha2 main=4 backup=0 old200(backup=2)   R30 split-brain  E60 main  held: unconfirmed ha2
> t=31        ha1 main=4 backup=0   ha2 main=4 backup=0 old200(backup=2)   R30 split-brain  E60 main  close ha2/old200/backup
> t=32        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=33
> t=33        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
