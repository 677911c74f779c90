# the session on backup is gone at the second look: nothing was to be done
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 backup=1
> t=10        ha1 main=4 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
t=11 ha1 backup=0
> t=11        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=12 ha1 backup=1
> t=12        ha1 main=4 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
t=13 ha1 backup=0
> t=13        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=14
> t=14        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
