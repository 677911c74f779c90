# three proxies, one of them on backup: only that one is touched
proxies ha1 ha2 ha3
t=0 ha1 main=4 ha2 main=2 backup=2 ha3 main=4
> t=0         ha1 main=4 backup=0   ha2 main=2 backup=2   ha3 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha2
> t=1         ha1 main=4 backup=0   ha2 main=2 backup=2   ha3 main=4 backup=0   R30 split-brain  E60 main  close ha2/backup
> t=2         ha1 main=4 backup=0   ha2 main=2 backup=0   ha3 main=4 backup=0   R70 converged  E60 main
t=3
> t=3         ha1 main=4 backup=0   ha2 main=2 backup=0   ha3 main=4 backup=0   R70 converged  E60 main
