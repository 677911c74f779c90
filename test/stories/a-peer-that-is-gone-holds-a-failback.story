# the other sidecar is gone: no failback until it is back, or has been gone for failback.unseen
with drive=ha1 failback.after=5s failback.unseen=40s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4 peer=backup
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4 peer=backup   R90 failed-over  E62 backup
> t=1..4      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4 peer=backup   R90 failed-over  E60 backup
t=5 ha1 main:UP ha2 main:UP peer=unseen
> t=5..9      ha1 main=0 backup=4   ha2 main=0 backup=4 peer=unseen   R80 holding (wait)  E60 backup  held: failback-wait
> t=10        ha1 main=0 backup=4   ha2 main=0 backup=4 peer=unseen   R50 sticky  E40 main  held: peer-disagrees, unconfirmed ha1, not-driver ha2, unconfirmed ha2
> t=11..44    ha1 main=0 backup=4   ha2 main=0 backup=4 peer=unseen   R50 sticky  E60 main  held: peer-disagrees, not-driver ha2
> t=45        ha1 main=0 backup=4   ha2 main=0 backup=4 peer=unseen   R50 sticky  E60 main  held: not-driver ha2  close ha1/backup
> t=46..49    ha1 main=0 backup=0   ha2 main=0 backup=4 peer=unseen   R50 sticky  E60 main  held: not-driver ha2
t=50
> t=50        ha1 main=0 backup=0   ha2 main=0 backup=4 peer=unseen   R50 sticky  E60 main  held: not-driver ha2
