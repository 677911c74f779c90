# sessions are on backup at one proxy, and an operator drains them himself: they are left to end
t=0 ha1 main=2 backup:DRAIN=2 ha2 main=4
> t=0         ha1 main=2 backup:DRAIN=2   ha2 main=4 backup=0   R30 split-brain  E80 main  held: draining ha1
> t=1..29     ha1 main=2 backup:DRAIN=2   ha2 main=4 backup=0   R30 split-brain  E60 main  held: draining ha1
t=30 ha1 backup:UP
> t=30        ha1 main=2 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=31        ha1 main=2 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
t=32
> t=32        ha1 main=2 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
