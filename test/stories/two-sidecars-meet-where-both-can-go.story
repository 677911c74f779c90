# the other sidecar cannot reach main and went to backup: once they see each other, all go to backup
with drive=ha1
pins
t=0 ha1 main=4 ha2 unseen peer=unseen
> t=0..3      ha1 main=4 backup=0   ha2 unseen peer=unseen   R70 converged  E70 main
> t=4         ha1 main=4 backup=0   ha2 unseen peer=unseen   R70 converged  E60 main
t=5 ha2 seen main:DOWN backup=4 peer=backup
> t=5         ha1 main=4 backup=0   ha2 main:DOWN=0 backup=4 peer=backup   R30 split-brain  E25 backup  held: unconfirmed ha1  pin ha1/backup
> t=6         ha1 main=4 backup=0 pin=backup   ha2 main:DOWN=0 backup=4 peer=backup   R30 split-brain  E60 backup  held: failback-wait  close ha1/main
> t=7         ha1 main=0 backup=0 pin=backup   ha2 main:DOWN=0 backup=4 peer=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=8 ha1 backup=4
> t=8..9      ha1 main=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 peer=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=10
> t=10        ha1 main=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 peer=backup   R80 holding (wait)  E60 backup  held: failback-wait
