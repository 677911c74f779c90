# a relay strays to backup before an override to it has begun: it stays all or nothing
pins
t=0 ha1 main=4 ha2 main=4 level=operator
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0 level=operator   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0 level=operator   R70 converged  E60 main
t=10 override=backup:2h
> t=10        ha1 main=4 backup=0   ha2 main=4 backup=0 level=operator   R50 sticky  E10 backup  held: unconfirmed ha1, level-too-low ha2
> t=11..19    ha1 main=4 backup=0   ha2 main=4 backup=0 level=operator   R50 sticky  E10 backup  held: level-too-low ha2
t=20 ha1 main=3 backup=1
> t=20..29    ha1 main=3 backup=1   ha2 main=4 backup=0 level=operator   R30 split-brain  E10 backup  held: level-too-low ha2
t=30 ha2 level=admin
> t=30        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E10 backup  held: unconfirmed ha2
> t=31        ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E10 backup  pin ha1/backup  pin ha2/backup  close ha1/main  close ha2/main
> t=32        ha1 main=0 backup=1 pin=backup   ha2 main=0 backup=0 pin=backup   R80 holding (override)  E10 backup
t=33 ha1 backup=4 ha2 backup=4
> t=33..34    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (override)  E10 backup
t=35
> t=35        ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (override)  E10 backup
