# main is removed from one proxy's configuration while it is the target, and comes back with the next one
with warmup=5s
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 restart main:absent backup=4
> t=10..29    ha1 main:absent=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=30 ha1 restart main:UP backup=4
> t=30..34    ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
> t=35        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=36        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=37        ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=38
> t=38        ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
