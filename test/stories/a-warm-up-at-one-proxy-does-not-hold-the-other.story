# one HAProxy has just restarted: a split at the other is healed meanwhile
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 restart main=2 backup=2
> t=10..14    ha1 main=2 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
t=15 ha2 main=3 backup=1
> t=15        ha1 main=2 backup=2   ha2 main=3 backup=1   R30 split-brain  E60 main  held: target-not-up ha1, unconfirmed ha2
> t=16        ha1 main=2 backup=2   ha2 main=3 backup=1   R30 split-brain  E60 main  held: target-not-up ha1  close ha2/backup
> t=17..39    ha1 main=2 backup=2   ha2 main=3 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
> t=40        ha1 main=2 backup=2   ha2 main=3 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=41        ha1 main=2 backup=2   ha2 main=3 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=42..44    ha1 main=2 backup=0   ha2 main=3 backup=0   R70 converged  E60 main
t=45
> t=45        ha1 main=2 backup=0   ha2 main=3 backup=0   R70 converged  E60 main
