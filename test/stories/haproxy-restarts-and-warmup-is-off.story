# warmup=0s: the fresh worker is believed at once
with warmup=0s
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 restart main=2 backup=2
> t=10        ha1 main=2 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=11        ha1 main=2 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
t=12
> t=12        ha1 main=2 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
