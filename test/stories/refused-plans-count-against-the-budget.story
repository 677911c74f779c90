# the re-read refuses again and again: every plan counts, and the budget ends it
with budget.max=3 budget.within=60s
t=0 refused ha1 main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=2         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=3         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=4         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=5         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=6         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: budget, unconfirmed ha1
> t=7..49     ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: budget
t=50
> t=50..60    ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: budget
> t=61        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=62        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: budget, unconfirmed ha1
t=63
> t=63        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
