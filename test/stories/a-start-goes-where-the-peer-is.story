# nothing is remembered in a hold whose pins have ended: the target is where the other sidecar has settled
with drive=ha1 failback.after=60s
pins
t=0 ha1 main:DOWN=0 backup=3 ha2 main:DOWN=0 backup=3 peer=not-yet
> t=0         ha1 main:DOWN=0 backup=3   ha2 main:DOWN=0 backup=3 peer=not-yet   R90 failed-over  E70 backup
t=1 ha1 main:UP=1 ha2 main:UP=1
> t=1         ha1 main=1 backup=3   ha2 main=1 backup=3 peer=not-yet   R30 split-brain  E80 main  held: unconfirmed, unconfirmed ha1, not-driver ha2, unconfirmed ha2
t=2 ha2 peer=backup
> t=2         ha1 main=1 backup=3   ha2 main=1 backup=3 peer=backup   R30 split-brain  E62 backup  held: failback-wait, unconfirmed ha1, not-driver ha2, unconfirmed ha2  pin ha1/backup
> t=3         ha1 main=1 backup=3 pin=backup   ha2 main=1 backup=3 peer=backup   R30 split-brain  E60 backup  held: failback-wait, not-driver ha2  close ha1/main
> t=4..5      ha1 main=0 backup=3 pin=backup   ha2 main=1 backup=3 peer=backup   R30 split-brain  E60 backup  held: failback-wait, not-driver ha2
t=6
> t=6         ha1 main=0 backup=3 pin=backup   ha2 main=1 backup=3 peer=backup   R30 split-brain  E60 backup  held: failback-wait, not-driver ha2
