# sessions of one proxy are on both producers: only those on backup are closed
t=0 ha1 main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=2..4      ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=5 ha1 main=4
> t=5         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=6
> t=6         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
