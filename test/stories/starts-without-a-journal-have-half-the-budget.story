# without a readable journal half the budget counts as spent: of three plans one is left
with cooldown=5s budget.max=3 budget.within=60s
t=0 cautious ha1 main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: cooldown ha1, unconfirmed ha1
> t=1..4      ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1
> t=5         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=6..19     ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=20 ha1 backup=1
> t=20        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: budget, unconfirmed ha1
> t=21..59    ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: budget
> t=60        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=61..64    ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=65
> t=65        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
