# main is down by the serving worker's word, whatever the old worker shows: its sessions are left alone
t=0 ha1 backup=2 reload main=4 ha2 main=4
> t=0         ha1 main=4 backup=0 old100(backup=2)   ha2 main=4 backup=0   R30 split-brain  E90 main  held: target-not-up ha1
> t=1..19     ha1 main=4 backup=0 old100(backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
t=20 ha1 main:DOWN=0 backup=4
> t=20..39    ha1 main:DOWN=0 backup=4 old100(backup=2)   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=40 ha1 main:UP
> t=40        ha1 main=0 backup=4 old100(backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=41        ha1 main=0 backup=4 old100(backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup  close ha1/old100/backup
> t=42..44    ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=45
> t=45        ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
