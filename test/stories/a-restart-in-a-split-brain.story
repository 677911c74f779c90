# the supervisor restarts between two looks at a split brain: it must be confirmed anew
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..4      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=5 ha1 main=3 backup=1
> t=5         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
t=6 blank
> t=6         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=7         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
t=8
> t=8         ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
