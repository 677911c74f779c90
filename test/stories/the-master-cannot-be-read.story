# while the master does not answer old workers are not seen: nothing is closed there, and no reload hides more
with reload=ha1 cooldown=60s
t=0 ok ha1 backup=2 reload main=4 hidden ha2 main=4
> t=0         ha1 main=4 backup=0 old100(backup=2) hidden   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..39     ha1 main=4 backup=0 old100(backup=2) hidden   ha2 main=4 backup=0   R70 converged  E60 main
t=40 failed ha1 backup=1
> t=40        ha1 main=4 backup=1 old100(backup=2) hidden   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=41        ha1 main=4 backup=1 old100(backup=2) hidden   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=42        ha1 main=4 backup=1 old100(backup=2) hidden   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1, unconfirmed ha1
> t=43..44    ha1 main=4 backup=1 old100(backup=2) hidden   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1
t=45 ok ha1 shown
> t=45        ha1 main=4 backup=1 old100(backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=46        ha1 main=4 backup=1 old100(backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  reload ha1
> t=47..49    ha1 main=0 backup=0 old101(main=4 backup=1) old100(backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
t=50
> t=50        ha1 main=0 backup=0 old101(main=4 backup=1) old100(backup=2)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
