# with steer none no pin is written nor believed, be there a table
with steer=none
pins
t=0 ha1 main:DOWN backup=4 pin=main ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4 pin=main   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4 pin=main   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
> t=10..39    ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=40 ha1 main:UP ha2 main:UP
> t=40..59    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=60 ha1 main=1 backup=3
> t=60        ha1 main=1 backup=3   ha2 main=0 backup=4   R30 split-brain  E50 main  held: unconfirmed ha1, unconfirmed ha2
> t=61        ha1 main=1 backup=3   ha2 main=0 backup=4   R30 split-brain  E60 main  close ha1/backup  close ha2/backup
> t=62        ha1 main=1 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=63 ha1 main=4 ha2 main=4
> t=63..64    ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=65
> t=65        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
