# cut off from each other, one sidecar went to backup and one stayed on main: once they see each other, all go to main
with drive=ha1 failback.after=60s
t=0 ha1 main:DOWN backup=4 ha2 unseen peer=unseen
> t=0..3      ha1 main:DOWN=0 backup=4   ha2 unseen peer=unseen   R90 failed-over  E70 backup
> t=4..9      ha1 main:DOWN=0 backup=4   ha2 unseen peer=unseen   R90 failed-over  E60 backup
t=10 ha1 main:UP
> t=10..19    ha1 main=0 backup=4   ha2 unseen peer=unseen   R80 holding (wait)  E60 backup  held: failback-wait, blind ha2
t=20 ha2 seen main=4 peer=main
> t=20        ha1 main=0 backup=4   ha2 main=4 backup=0 peer=main   R30 split-brain  E25 main  held: unconfirmed ha1
> t=21        ha1 main=0 backup=4   ha2 main=4 backup=0 peer=main   R30 split-brain  E60 main  close ha1/backup
> t=22        ha1 main=0 backup=0   ha2 main=4 backup=0 peer=main   R70 converged  E60 main
t=23 ha1 main=4
> t=23..24    ha1 main=4 backup=0   ha2 main=4 backup=0 peer=main   R70 converged  E60 main
t=25
> t=25        ha1 main=4 backup=0   ha2 main=4 backup=0 peer=main   R70 converged  E60 main
