# the proxy with the old worker is not seen any more: nothing is closed there until it is
t=0 ha1 backup=2 reload main=4 ha2 main=4
> t=0         ha1 main=4 backup=0 old100(backup=2)   ha2 main=4 backup=0   R30 split-brain  E90 main  held: target-not-up ha1
> t=1..28     ha1 main=4 backup=0 old100(backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
t=29 ha1 unseen
> t=29..39    ha1 unseen   ha2 main=4 backup=0   R70 converged  E60 main
t=40 ha1 seen
> t=40        ha1 main=4 backup=0 old100(backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=41        ha1 main=4 backup=0 old100(backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/old100/backup
> t=42        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=43
> t=43        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
