# backup dies at one proxy in a hold: after partial.after both are brought to main, which all can reach
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup  pin ha1/backup  pin ha2/backup
> t=1..39     ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=40 ha1 main:UP ha2 main:UP
> t=40..59    ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=60 ha1 backup:DOWN=0 main=4
> t=60..79    ha1 main=4 backup:DOWN=0 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E30 backup  held: failback-wait, target-not-up ha1
> t=80        ha1 main=4 backup:DOWN=0 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E30 main  held: unconfirmed ha2
> t=81        ha1 main=4 backup:DOWN=0 pin=backup   ha2 main=0 backup=4 pin=backup   R30 split-brain  E60 main  release ha1  release ha2  close ha2/backup
> t=82        ha1 main=4 backup:DOWN=0   ha2 main=0 backup=0   R70 converged  E60 main
t=83 ha2 main=4
> t=83        ha1 main=4 backup:DOWN=0   ha2 main=4 backup=0   R70 converged  E60 main
t=84
> t=84        ha1 main=4 backup:DOWN=0   ha2 main=4 backup=0   R70 converged  E60 main
