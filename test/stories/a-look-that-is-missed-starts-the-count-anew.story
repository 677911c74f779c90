# a proxy is unseen between two looks that agree: they are not two in a row
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main=3 backup=1
> t=10        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
t=11 ha1 unseen
> t=11        ha1 unseen   ha2 main=4 backup=0   R70 converged  E60 main
t=12 ha1 seen
> t=12        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=13        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=14        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=15
> t=15        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
