# without the backup keyword HAProxy alone would choose either; with pins everybody is on main
servers main backup
pins
t=0 ha1 main=2 backup=2 ha2 main=4
> t=0         ha1 main=2 backup=2   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1  pin ha1/main  pin ha2/main
> t=1         ha1 main=2 backup=2 pin=main   ha2 main=4 backup=0 pin=main   R30 split-brain  E60 main  close ha1/backup
> t=2         ha1 main=2 backup=0 pin=main   ha2 main=4 backup=0 pin=main   R70 converged  E60 main
t=3 ha1 main=4
> t=3..4      ha1 main=4 backup=0 pin=main   ha2 main=4 backup=0 pin=main   R70 converged  E60 main
t=5
> t=5         ha1 main=4 backup=0 pin=main   ha2 main=4 backup=0 pin=main   R70 converged  E60 main
