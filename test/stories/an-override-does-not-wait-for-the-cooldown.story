# an override during the cooldown and with the budget used up moves at once; what comes after it waits as ever
with budget.max=1
pins
t=0 ha1 main=4 ha2 main=3 backup=1
> t=0         ha1 main=4 backup=0   ha2 main=3 backup=1   R30 split-brain  E80 main  held: unconfirmed ha2
> t=1         ha1 main=4 backup=0   ha2 main=3 backup=1   R30 split-brain  E60 main  close ha2/backup
> t=2..4      ha1 main=4 backup=0   ha2 main=3 backup=0   R70 converged  E60 main
t=5 ha2 main=4 backup=0
> t=5..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 override=backup:2h
> t=10        ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E10 backup  held: unconfirmed ha1, unconfirmed ha2
> t=11        ha1 main=4 backup=0   ha2 main=4 backup=0   R50 sticky  E10 backup  pin ha1/backup  pin ha2/backup  close ha1/main  close ha2/main
t=12 ha1 main=1 backup=3 ha2 backup=4
> t=12        ha1 main=1 backup=3 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E10 backup  held: budget, cooldown ha1, unconfirmed ha1
> t=13..14    ha1 main=1 backup=3 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E10 backup  held: budget, cooldown ha1
t=15
> t=15        ha1 main=1 backup=3 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E10 backup  held: budget, cooldown ha1
