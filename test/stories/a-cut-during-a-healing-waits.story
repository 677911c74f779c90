# relays of a proxy that sees main again are not sent back there while it is cut off from another: they would be moved twice
proxies ha1 ha2 ha3
pins
t=0 ha1 main=4 ha2 main=4 ha3 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   ha3 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   ha3 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=10..14    ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   ha3 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1, target-not-up ha2
t=15 ha2 main:UP
> t=15        ha1 main:DOWN=0 backup=4   ha2 main=0 backup=4   ha3 main=4 backup=0   R30 split-brain  E30 main  held: unconfirmed, target-not-up ha1, unconfirmed ha2
> t=16..29    ha1 main:DOWN=0 backup=4   ha2 main=0 backup=4   ha3 main=4 backup=0   R30 split-brain  E30 main  held: unconfirmed, target-not-up ha1
> t=30        ha1 main:DOWN=0 backup=4   ha2 main=0 backup=4   ha3 main=4 backup=0   R30 split-brain  E30 backup  held: unconfirmed ha3
> t=31        ha1 main:DOWN=0 backup=4   ha2 main=0 backup=4   ha3 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait  pin ha1/backup  pin ha2/backup  pin ha3/backup  close ha3/main
t=32 ha3 backup=4
> t=32..33    ha1 main:DOWN=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   ha3 main=0 backup=4 pin=backup   R80 holding (together)  E60 backup  held: failback-wait
t=34
> t=34        ha1 main:DOWN=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   ha3 main=0 backup=4 pin=backup   R80 holding (together)  E60 backup  held: failback-wait
