# the closing of a failback fails at both proxies: it has begun, so each proxy is tried again as soon as it can be
with failback.after=20s cooldown=10s
t=0 failed ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP ha2 main:UP
> t=10..29    ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=30        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=31        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=32        ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  held: cooldown ha1, unconfirmed ha1, cooldown ha2, unconfirmed ha2
> t=33..34    ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  held: cooldown ha1, cooldown ha2
t=35 ok ha1 main:failing
> t=35..40    ha1 main:failing=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  held: target-not-up ha1, cooldown ha2
> t=41        ha1 main:failing=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  held: target-not-up ha1  close ha2/backup
> t=42..44    ha1 main:failing=0 backup=4   ha2 main=0 backup=0   R50 sticky  E60 main  held: target-not-up ha1
t=45 ha1 main:UP
> t=45        ha1 main=0 backup=4   ha2 main=0 backup=0   R50 sticky  E60 main  held: unconfirmed ha1
> t=46        ha1 main=0 backup=4   ha2 main=0 backup=0   R50 sticky  E60 main  close ha1/backup
> t=47        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=48
> t=48        ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
