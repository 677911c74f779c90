# main is down at one proxy and two of its sessions hang on there: they are on the target, so they are nobody's business
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=2 backup=2
> t=10..29    ha1 main:DOWN=2 backup=2   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=30 ha1 main:UP
> t=30        ha1 main=2 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=31        ha1 main=2 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
t=32
> t=32        ha1 main=2 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
