# main answers its checks with 404 (NOLB): it keeps what it has, and is no place to go to
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..4      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=5 ha1 main:NOLB=3 backup=1
> t=5..9      ha1 main:NOLB=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
t=10 ha1 main:UP
> t=10        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=11        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=12..14    ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=15
> t=15        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
