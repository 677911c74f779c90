# nothing is remembered and main is down at one proxy: the target is the first producer that is fit to go to everywhere
t=0 ha1 main:DOWN
> t=0         ha1 main:DOWN=0 backup=0   ha2 main=0 backup=0   R60 idle  E80 backup  held: failback-wait
t=1 ha1 backup=4 ha2 main=4
> t=1         ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait, unconfirmed ha2, not-steerable ha2
> t=2..9      ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha2
t=10 ha1 main:UP
> t=10..12    ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha2
> t=13        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E40 main  held: unconfirmed ha1
> t=14        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=15..19    ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=20
> t=20        ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
