# two plans in a minute are the budget: the third waits until the first is a minute old
with cooldown=10s budget.max=2 budget.within=60s
t=0 ha1 main=4 backup=1 ha2 main=4
> t=0         ha1 main=4 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=4 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=2..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 backup=1
> t=10        ha1 main=4 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1, unconfirmed ha1
> t=11        ha1 main=4 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=12..29    ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=30 ha1 backup=1
> t=30        ha1 main=4 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: budget, unconfirmed ha1
> t=31..60    ha1 main=4 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: budget
> t=61        ha1 main=4 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=62..69    ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=70
> t=70        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
