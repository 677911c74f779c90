# without a readable journal a start counts as a closing just done: the split brain is healed after the cooldown
with cooldown=30s
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..4      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=5 ha1 main=3 backup=1
> t=5         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
t=6 cautious
> t=6         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: cooldown ha1, unconfirmed ha1
> t=7..35     ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1
> t=36        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=37..39    ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=40
> t=40        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
