# budget.max=0: nothing is ever closed
with budget.max=0
t=0 ha1 main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: budget, unconfirmed ha1
> t=1..19     ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: budget
t=20
> t=20        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: budget
