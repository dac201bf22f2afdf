-- Views over frames. For the store in the folder STORE, make that first:
--   create view frames as from read_parquet('STORE/frames/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false)
-- Every count is of exits: a row stands for as many as its column count says.
-- Made from the models: SqlViewsTest with -Dsql.write=true writes this file, and compares it without.

create or replace view frame_details as
select *,
  stage <> 'in_kernel' as is_exit,
  '0x' || lower(hex(rip)) as rip_hex,
  '0x' || lower(hex(rcx)) as rcx_hex,
  '0x' || lower(hex(r11)) as r11_hex,
  '0x' || lower(hex(rflags)) as rflags_hex,
  '0x' || lower(hex(cs)) as cs_hex,
  '0x' || lower(hex(ss)) as ss_hex,
  '0x' || lower(hex(rsp)) as rsp_hex,
  '0x' || lower(hex(rax)) as rax_hex
from frames;

create or replace view syscalls as
select nr, name from (values
  (cast(-1 as bigint), 'rt_sigreturn'), (cast(0 as bigint), 'read'), (cast(1 as bigint), 'write'), (cast(2 as bigint), 'open'),
  (cast(3 as bigint), 'close'), (cast(4 as bigint), 'stat'), (cast(5 as bigint), 'fstat'), (cast(6 as bigint), 'lstat'),
  (cast(7 as bigint), 'poll'), (cast(8 as bigint), 'lseek'), (cast(9 as bigint), 'mmap'), (cast(10 as bigint), 'mprotect'),
  (cast(11 as bigint), 'munmap'), (cast(12 as bigint), 'brk'), (cast(13 as bigint), 'rt_sigaction'), (cast(14 as bigint), 'rt_sigprocmask'),
  (cast(15 as bigint), 'rt_sigreturn'), (cast(16 as bigint), 'ioctl'), (cast(17 as bigint), 'pread64'), (cast(18 as bigint), 'pwrite64'),
  (cast(19 as bigint), 'readv'), (cast(20 as bigint), 'writev'), (cast(21 as bigint), 'access'), (cast(22 as bigint), 'pipe'),
  (cast(23 as bigint), 'select'), (cast(24 as bigint), 'sched_yield'), (cast(25 as bigint), 'mremap'), (cast(26 as bigint), 'msync'),
  (cast(27 as bigint), 'mincore'), (cast(28 as bigint), 'madvise'), (cast(29 as bigint), 'shmget'), (cast(30 as bigint), 'shmat'),
  (cast(31 as bigint), 'shmctl'), (cast(32 as bigint), 'dup'), (cast(33 as bigint), 'dup2'), (cast(34 as bigint), 'pause'),
  (cast(35 as bigint), 'nanosleep'), (cast(36 as bigint), 'getitimer'), (cast(37 as bigint), 'alarm'), (cast(38 as bigint), 'setitimer'),
  (cast(39 as bigint), 'getpid'), (cast(40 as bigint), 'sendfile'), (cast(41 as bigint), 'socket'), (cast(42 as bigint), 'connect'),
  (cast(43 as bigint), 'accept'), (cast(44 as bigint), 'sendto'), (cast(45 as bigint), 'recvfrom'), (cast(46 as bigint), 'sendmsg'),
  (cast(47 as bigint), 'recvmsg'), (cast(48 as bigint), 'shutdown'), (cast(49 as bigint), 'bind'), (cast(50 as bigint), 'listen'),
  (cast(51 as bigint), 'getsockname'), (cast(52 as bigint), 'getpeername'), (cast(53 as bigint), 'socketpair'), (cast(54 as bigint), 'setsockopt'),
  (cast(55 as bigint), 'getsockopt'), (cast(56 as bigint), 'clone'), (cast(57 as bigint), 'fork'), (cast(58 as bigint), 'vfork'),
  (cast(59 as bigint), 'execve'), (cast(60 as bigint), 'exit'), (cast(61 as bigint), 'wait4'), (cast(62 as bigint), 'kill'),
  (cast(63 as bigint), 'uname'), (cast(64 as bigint), 'semget'), (cast(65 as bigint), 'semop'), (cast(66 as bigint), 'semctl'),
  (cast(67 as bigint), 'shmdt'), (cast(68 as bigint), 'msgget'), (cast(69 as bigint), 'msgsnd'), (cast(70 as bigint), 'msgrcv'),
  (cast(71 as bigint), 'msgctl'), (cast(72 as bigint), 'fcntl'), (cast(73 as bigint), 'flock'), (cast(74 as bigint), 'fsync'),
  (cast(75 as bigint), 'fdatasync'), (cast(76 as bigint), 'truncate'), (cast(77 as bigint), 'ftruncate'), (cast(78 as bigint), 'getdents'),
  (cast(79 as bigint), 'getcwd'), (cast(80 as bigint), 'chdir'), (cast(81 as bigint), 'fchdir'), (cast(82 as bigint), 'rename'),
  (cast(83 as bigint), 'mkdir'), (cast(84 as bigint), 'rmdir'), (cast(85 as bigint), 'creat'), (cast(86 as bigint), 'link'),
  (cast(87 as bigint), 'unlink'), (cast(88 as bigint), 'symlink'), (cast(89 as bigint), 'readlink'), (cast(90 as bigint), 'chmod'),
  (cast(91 as bigint), 'fchmod'), (cast(92 as bigint), 'chown'), (cast(93 as bigint), 'fchown'), (cast(94 as bigint), 'lchown'),
  (cast(95 as bigint), 'umask'), (cast(96 as bigint), 'gettimeofday'), (cast(97 as bigint), 'getrlimit'), (cast(98 as bigint), 'getrusage'),
  (cast(99 as bigint), 'sysinfo'), (cast(100 as bigint), 'times'), (cast(101 as bigint), 'ptrace'), (cast(102 as bigint), 'getuid'),
  (cast(103 as bigint), 'syslog'), (cast(104 as bigint), 'getgid'), (cast(105 as bigint), 'setuid'), (cast(106 as bigint), 'setgid'),
  (cast(107 as bigint), 'geteuid'), (cast(108 as bigint), 'getegid'), (cast(109 as bigint), 'setpgid'), (cast(110 as bigint), 'getppid'),
  (cast(111 as bigint), 'getpgrp'), (cast(112 as bigint), 'setsid'), (cast(113 as bigint), 'setreuid'), (cast(114 as bigint), 'setregid'),
  (cast(115 as bigint), 'getgroups'), (cast(116 as bigint), 'setgroups'), (cast(117 as bigint), 'setresuid'), (cast(118 as bigint), 'getresuid'),
  (cast(119 as bigint), 'setresgid'), (cast(120 as bigint), 'getresgid'), (cast(121 as bigint), 'getpgid'), (cast(122 as bigint), 'setfsuid'),
  (cast(123 as bigint), 'setfsgid'), (cast(124 as bigint), 'getsid'), (cast(125 as bigint), 'capget'), (cast(126 as bigint), 'capset'),
  (cast(127 as bigint), 'rt_sigpending'), (cast(128 as bigint), 'rt_sigtimedwait'), (cast(129 as bigint), 'rt_sigqueueinfo'), (cast(130 as bigint), 'rt_sigsuspend'),
  (cast(131 as bigint), 'sigaltstack'), (cast(132 as bigint), 'utime'), (cast(133 as bigint), 'mknod'), (cast(134 as bigint), 'uselib'),
  (cast(135 as bigint), 'personality'), (cast(136 as bigint), 'ustat'), (cast(137 as bigint), 'statfs'), (cast(138 as bigint), 'fstatfs'),
  (cast(139 as bigint), 'sysfs'), (cast(140 as bigint), 'getpriority'), (cast(141 as bigint), 'setpriority'), (cast(142 as bigint), 'sched_setparam'),
  (cast(143 as bigint), 'sched_getparam'), (cast(144 as bigint), 'sched_setscheduler'), (cast(145 as bigint), 'sched_getscheduler'), (cast(146 as bigint), 'sched_get_priority_max'),
  (cast(147 as bigint), 'sched_get_priority_min'), (cast(148 as bigint), 'sched_rr_get_interval'), (cast(149 as bigint), 'mlock'), (cast(150 as bigint), 'munlock'),
  (cast(151 as bigint), 'mlockall'), (cast(152 as bigint), 'munlockall'), (cast(153 as bigint), 'vhangup'), (cast(154 as bigint), 'modify_ldt'),
  (cast(155 as bigint), 'pivot_root'), (cast(156 as bigint), '_sysctl'), (cast(157 as bigint), 'prctl'), (cast(158 as bigint), 'arch_prctl'),
  (cast(159 as bigint), 'adjtimex'), (cast(160 as bigint), 'setrlimit'), (cast(161 as bigint), 'chroot'), (cast(162 as bigint), 'sync'),
  (cast(163 as bigint), 'acct'), (cast(164 as bigint), 'settimeofday'), (cast(165 as bigint), 'mount'), (cast(166 as bigint), 'umount2'),
  (cast(167 as bigint), 'swapon'), (cast(168 as bigint), 'swapoff'), (cast(169 as bigint), 'reboot'), (cast(170 as bigint), 'sethostname'),
  (cast(171 as bigint), 'setdomainname'), (cast(172 as bigint), 'iopl'), (cast(173 as bigint), 'ioperm'), (cast(174 as bigint), 'create_module'),
  (cast(175 as bigint), 'init_module'), (cast(176 as bigint), 'delete_module'), (cast(177 as bigint), 'get_kernel_syms'), (cast(178 as bigint), 'query_module'),
  (cast(179 as bigint), 'quotactl'), (cast(180 as bigint), 'nfsservctl'), (cast(181 as bigint), 'getpmsg'), (cast(182 as bigint), 'putpmsg'),
  (cast(183 as bigint), 'afs_syscall'), (cast(184 as bigint), 'tuxcall'), (cast(185 as bigint), 'security'), (cast(186 as bigint), 'gettid'),
  (cast(187 as bigint), 'readahead'), (cast(188 as bigint), 'setxattr'), (cast(189 as bigint), 'lsetxattr'), (cast(190 as bigint), 'fsetxattr'),
  (cast(191 as bigint), 'getxattr'), (cast(192 as bigint), 'lgetxattr'), (cast(193 as bigint), 'fgetxattr'), (cast(194 as bigint), 'listxattr'),
  (cast(195 as bigint), 'llistxattr'), (cast(196 as bigint), 'flistxattr'), (cast(197 as bigint), 'removexattr'), (cast(198 as bigint), 'lremovexattr'),
  (cast(199 as bigint), 'fremovexattr'), (cast(200 as bigint), 'tkill'), (cast(201 as bigint), 'time'), (cast(202 as bigint), 'futex'),
  (cast(203 as bigint), 'sched_setaffinity'), (cast(204 as bigint), 'sched_getaffinity'), (cast(205 as bigint), 'set_thread_area'), (cast(206 as bigint), 'io_setup'),
  (cast(207 as bigint), 'io_destroy'), (cast(208 as bigint), 'io_getevents'), (cast(209 as bigint), 'io_submit'), (cast(210 as bigint), 'io_cancel'),
  (cast(211 as bigint), 'get_thread_area'), (cast(212 as bigint), 'lookup_dcookie'), (cast(213 as bigint), 'epoll_create'), (cast(214 as bigint), 'epoll_ctl_old'),
  (cast(215 as bigint), 'epoll_wait_old'), (cast(216 as bigint), 'remap_file_pages'), (cast(217 as bigint), 'getdents64'), (cast(218 as bigint), 'set_tid_address'),
  (cast(219 as bigint), 'restart_syscall'), (cast(220 as bigint), 'semtimedop'), (cast(221 as bigint), 'fadvise64'), (cast(222 as bigint), 'timer_create'),
  (cast(223 as bigint), 'timer_settime'), (cast(224 as bigint), 'timer_gettime'), (cast(225 as bigint), 'timer_getoverrun'), (cast(226 as bigint), 'timer_delete'),
  (cast(227 as bigint), 'clock_settime'), (cast(228 as bigint), 'clock_gettime'), (cast(229 as bigint), 'clock_getres'), (cast(230 as bigint), 'clock_nanosleep'),
  (cast(231 as bigint), 'exit_group'), (cast(232 as bigint), 'epoll_wait'), (cast(233 as bigint), 'epoll_ctl'), (cast(234 as bigint), 'tgkill'),
  (cast(235 as bigint), 'utimes'), (cast(236 as bigint), 'vserver'), (cast(237 as bigint), 'mbind'), (cast(238 as bigint), 'set_mempolicy'),
  (cast(239 as bigint), 'get_mempolicy'), (cast(240 as bigint), 'mq_open'), (cast(241 as bigint), 'mq_unlink'), (cast(242 as bigint), 'mq_timedsend'),
  (cast(243 as bigint), 'mq_timedreceive'), (cast(244 as bigint), 'mq_notify'), (cast(245 as bigint), 'mq_getsetattr'), (cast(246 as bigint), 'kexec_load'),
  (cast(247 as bigint), 'waitid'), (cast(248 as bigint), 'add_key'), (cast(249 as bigint), 'request_key'), (cast(250 as bigint), 'keyctl'),
  (cast(251 as bigint), 'ioprio_set'), (cast(252 as bigint), 'ioprio_get'), (cast(253 as bigint), 'inotify_init'), (cast(254 as bigint), 'inotify_add_watch'),
  (cast(255 as bigint), 'inotify_rm_watch'), (cast(256 as bigint), 'migrate_pages'), (cast(257 as bigint), 'openat'), (cast(258 as bigint), 'mkdirat'),
  (cast(259 as bigint), 'mknodat'), (cast(260 as bigint), 'fchownat'), (cast(261 as bigint), 'futimesat'), (cast(262 as bigint), 'newfstatat'),
  (cast(263 as bigint), 'unlinkat'), (cast(264 as bigint), 'renameat'), (cast(265 as bigint), 'linkat'), (cast(266 as bigint), 'symlinkat'),
  (cast(267 as bigint), 'readlinkat'), (cast(268 as bigint), 'fchmodat'), (cast(269 as bigint), 'faccessat'), (cast(270 as bigint), 'pselect6'),
  (cast(271 as bigint), 'ppoll'), (cast(272 as bigint), 'unshare'), (cast(273 as bigint), 'set_robust_list'), (cast(274 as bigint), 'get_robust_list'),
  (cast(275 as bigint), 'splice'), (cast(276 as bigint), 'tee'), (cast(277 as bigint), 'sync_file_range'), (cast(278 as bigint), 'vmsplice'),
  (cast(279 as bigint), 'move_pages'), (cast(280 as bigint), 'utimensat'), (cast(281 as bigint), 'epoll_pwait'), (cast(282 as bigint), 'signalfd'),
  (cast(283 as bigint), 'timerfd_create'), (cast(284 as bigint), 'eventfd'), (cast(285 as bigint), 'fallocate'), (cast(286 as bigint), 'timerfd_settime'),
  (cast(287 as bigint), 'timerfd_gettime'), (cast(288 as bigint), 'accept4'), (cast(289 as bigint), 'signalfd4'), (cast(290 as bigint), 'eventfd2'),
  (cast(291 as bigint), 'epoll_create1'), (cast(292 as bigint), 'dup3'), (cast(293 as bigint), 'pipe2'), (cast(294 as bigint), 'inotify_init1'),
  (cast(295 as bigint), 'preadv'), (cast(296 as bigint), 'pwritev'), (cast(297 as bigint), 'rt_tgsigqueueinfo'), (cast(298 as bigint), 'perf_event_open'),
  (cast(299 as bigint), 'recvmmsg'), (cast(300 as bigint), 'fanotify_init'), (cast(301 as bigint), 'fanotify_mark'), (cast(302 as bigint), 'prlimit64'),
  (cast(303 as bigint), 'name_to_handle_at'), (cast(304 as bigint), 'open_by_handle_at'), (cast(305 as bigint), 'clock_adjtime'), (cast(306 as bigint), 'syncfs'),
  (cast(307 as bigint), 'sendmmsg'), (cast(308 as bigint), 'setns'), (cast(309 as bigint), 'getcpu'), (cast(310 as bigint), 'process_vm_readv'),
  (cast(311 as bigint), 'process_vm_writev'), (cast(312 as bigint), 'kcmp'), (cast(313 as bigint), 'finit_module'), (cast(314 as bigint), 'sched_setattr'),
  (cast(315 as bigint), 'sched_getattr'), (cast(316 as bigint), 'renameat2'), (cast(317 as bigint), 'seccomp'), (cast(318 as bigint), 'getrandom'),
  (cast(319 as bigint), 'memfd_create'), (cast(320 as bigint), 'kexec_file_load'), (cast(321 as bigint), 'bpf'), (cast(322 as bigint), 'execveat'),
  (cast(323 as bigint), 'userfaultfd'), (cast(324 as bigint), 'membarrier'), (cast(325 as bigint), 'mlock2'), (cast(326 as bigint), 'copy_file_range'),
  (cast(327 as bigint), 'preadv2'), (cast(328 as bigint), 'pwritev2'), (cast(329 as bigint), 'pkey_mprotect'), (cast(330 as bigint), 'pkey_alloc'),
  (cast(331 as bigint), 'pkey_free'), (cast(332 as bigint), 'statx'), (cast(333 as bigint), 'io_pgetevents'), (cast(334 as bigint), 'rseq'),
  (cast(335 as bigint), 'uretprobe'), (cast(336 as bigint), 'uprobe'), (cast(424 as bigint), 'pidfd_send_signal'), (cast(425 as bigint), 'io_uring_setup'),
  (cast(426 as bigint), 'io_uring_enter'), (cast(427 as bigint), 'io_uring_register'), (cast(428 as bigint), 'open_tree'), (cast(429 as bigint), 'move_mount'),
  (cast(430 as bigint), 'fsopen'), (cast(431 as bigint), 'fsconfig'), (cast(432 as bigint), 'fsmount'), (cast(433 as bigint), 'fspick'),
  (cast(434 as bigint), 'pidfd_open'), (cast(435 as bigint), 'clone3'), (cast(436 as bigint), 'close_range'), (cast(437 as bigint), 'openat2'),
  (cast(438 as bigint), 'pidfd_getfd'), (cast(439 as bigint), 'faccessat2'), (cast(440 as bigint), 'process_madvise'), (cast(441 as bigint), 'epoll_pwait2'),
  (cast(442 as bigint), 'mount_setattr'), (cast(443 as bigint), 'quotactl_fd'), (cast(444 as bigint), 'landlock_create_ruleset'), (cast(445 as bigint), 'landlock_add_rule'),
  (cast(446 as bigint), 'landlock_restrict_self'), (cast(447 as bigint), 'memfd_secret'), (cast(448 as bigint), 'process_mrelease'), (cast(449 as bigint), 'futex_waitv'),
  (cast(450 as bigint), 'set_mempolicy_home_node'), (cast(451 as bigint), 'cachestat'), (cast(452 as bigint), 'fchmodat2'), (cast(453 as bigint), 'map_shadow_stack'),
  (cast(454 as bigint), 'futex_wake'), (cast(455 as bigint), 'futex_wait'), (cast(456 as bigint), 'futex_requeue'), (cast(457 as bigint), 'statmount'),
  (cast(458 as bigint), 'listmount'), (cast(459 as bigint), 'lsm_get_self_attr'), (cast(460 as bigint), 'lsm_set_self_attr'), (cast(461 as bigint), 'lsm_list_modules'),
  (cast(462 as bigint), 'mseal'), (cast(463 as bigint), 'setxattrat'), (cast(464 as bigint), 'getxattrat'), (cast(465 as bigint), 'listxattrat'),
  (cast(466 as bigint), 'removexattrat'), (cast(467 as bigint), 'open_tree_attr'), (cast(468 as bigint), 'file_getattr'), (cast(469 as bigint), 'file_setattr'),
  (cast(1073741824 as bigint), 'x32 read'), (cast(1073741825 as bigint), 'x32 write'), (cast(1073741826 as bigint), 'x32 open'), (cast(1073741827 as bigint), 'x32 close'),
  (cast(1073741828 as bigint), 'x32 stat'), (cast(1073741829 as bigint), 'x32 fstat'), (cast(1073741830 as bigint), 'x32 lstat'), (cast(1073741831 as bigint), 'x32 poll'),
  (cast(1073741832 as bigint), 'x32 lseek'), (cast(1073741833 as bigint), 'x32 mmap'), (cast(1073741834 as bigint), 'x32 mprotect'), (cast(1073741835 as bigint), 'x32 munmap'),
  (cast(1073741836 as bigint), 'x32 brk'), (cast(1073741837 as bigint), 'x32 rt_sigaction'), (cast(1073741838 as bigint), 'x32 rt_sigprocmask'), (cast(1073741839 as bigint), 'x32 rt_sigreturn'),
  (cast(1073741840 as bigint), 'x32 ioctl'), (cast(1073741841 as bigint), 'x32 pread64'), (cast(1073741842 as bigint), 'x32 pwrite64'), (cast(1073741843 as bigint), 'x32 readv'),
  (cast(1073741844 as bigint), 'x32 writev'), (cast(1073741845 as bigint), 'x32 access'), (cast(1073741846 as bigint), 'x32 pipe'), (cast(1073741847 as bigint), 'x32 select'),
  (cast(1073741848 as bigint), 'x32 sched_yield'), (cast(1073741849 as bigint), 'x32 mremap'), (cast(1073741850 as bigint), 'x32 msync'), (cast(1073741851 as bigint), 'x32 mincore'),
  (cast(1073741852 as bigint), 'x32 madvise'), (cast(1073741853 as bigint), 'x32 shmget'), (cast(1073741854 as bigint), 'x32 shmat'), (cast(1073741855 as bigint), 'x32 shmctl'),
  (cast(1073741856 as bigint), 'x32 dup'), (cast(1073741857 as bigint), 'x32 dup2'), (cast(1073741858 as bigint), 'x32 pause'), (cast(1073741859 as bigint), 'x32 nanosleep'),
  (cast(1073741860 as bigint), 'x32 getitimer'), (cast(1073741861 as bigint), 'x32 alarm'), (cast(1073741862 as bigint), 'x32 setitimer'), (cast(1073741863 as bigint), 'x32 getpid'),
  (cast(1073741864 as bigint), 'x32 sendfile'), (cast(1073741865 as bigint), 'x32 socket'), (cast(1073741866 as bigint), 'x32 connect'), (cast(1073741867 as bigint), 'x32 accept'),
  (cast(1073741868 as bigint), 'x32 sendto'), (cast(1073741869 as bigint), 'x32 recvfrom'), (cast(1073741870 as bigint), 'x32 sendmsg'), (cast(1073741871 as bigint), 'x32 recvmsg'),
  (cast(1073741872 as bigint), 'x32 shutdown'), (cast(1073741873 as bigint), 'x32 bind'), (cast(1073741874 as bigint), 'x32 listen'), (cast(1073741875 as bigint), 'x32 getsockname'),
  (cast(1073741876 as bigint), 'x32 getpeername'), (cast(1073741877 as bigint), 'x32 socketpair'), (cast(1073741878 as bigint), 'x32 setsockopt'), (cast(1073741879 as bigint), 'x32 getsockopt'),
  (cast(1073741880 as bigint), 'x32 clone'), (cast(1073741881 as bigint), 'x32 fork'), (cast(1073741882 as bigint), 'x32 vfork'), (cast(1073741883 as bigint), 'x32 execve'),
  (cast(1073741884 as bigint), 'x32 exit'), (cast(1073741885 as bigint), 'x32 wait4'), (cast(1073741886 as bigint), 'x32 kill'), (cast(1073741887 as bigint), 'x32 uname'),
  (cast(1073741888 as bigint), 'x32 semget'), (cast(1073741889 as bigint), 'x32 semop'), (cast(1073741890 as bigint), 'x32 semctl'), (cast(1073741891 as bigint), 'x32 shmdt'),
  (cast(1073741892 as bigint), 'x32 msgget'), (cast(1073741893 as bigint), 'x32 msgsnd'), (cast(1073741894 as bigint), 'x32 msgrcv'), (cast(1073741895 as bigint), 'x32 msgctl'),
  (cast(1073741896 as bigint), 'x32 fcntl'), (cast(1073741897 as bigint), 'x32 flock'), (cast(1073741898 as bigint), 'x32 fsync'), (cast(1073741899 as bigint), 'x32 fdatasync'),
  (cast(1073741900 as bigint), 'x32 truncate'), (cast(1073741901 as bigint), 'x32 ftruncate'), (cast(1073741902 as bigint), 'x32 getdents'), (cast(1073741903 as bigint), 'x32 getcwd'),
  (cast(1073741904 as bigint), 'x32 chdir'), (cast(1073741905 as bigint), 'x32 fchdir'), (cast(1073741906 as bigint), 'x32 rename'), (cast(1073741907 as bigint), 'x32 mkdir'),
  (cast(1073741908 as bigint), 'x32 rmdir'), (cast(1073741909 as bigint), 'x32 creat'), (cast(1073741910 as bigint), 'x32 link'), (cast(1073741911 as bigint), 'x32 unlink'),
  (cast(1073741912 as bigint), 'x32 symlink'), (cast(1073741913 as bigint), 'x32 readlink'), (cast(1073741914 as bigint), 'x32 chmod'), (cast(1073741915 as bigint), 'x32 fchmod'),
  (cast(1073741916 as bigint), 'x32 chown'), (cast(1073741917 as bigint), 'x32 fchown'), (cast(1073741918 as bigint), 'x32 lchown'), (cast(1073741919 as bigint), 'x32 umask'),
  (cast(1073741920 as bigint), 'x32 gettimeofday'), (cast(1073741921 as bigint), 'x32 getrlimit'), (cast(1073741922 as bigint), 'x32 getrusage'), (cast(1073741923 as bigint), 'x32 sysinfo'),
  (cast(1073741924 as bigint), 'x32 times'), (cast(1073741925 as bigint), 'x32 ptrace'), (cast(1073741926 as bigint), 'x32 getuid'), (cast(1073741927 as bigint), 'x32 syslog'),
  (cast(1073741928 as bigint), 'x32 getgid'), (cast(1073741929 as bigint), 'x32 setuid'), (cast(1073741930 as bigint), 'x32 setgid'), (cast(1073741931 as bigint), 'x32 geteuid'),
  (cast(1073741932 as bigint), 'x32 getegid'), (cast(1073741933 as bigint), 'x32 setpgid'), (cast(1073741934 as bigint), 'x32 getppid'), (cast(1073741935 as bigint), 'x32 getpgrp'),
  (cast(1073741936 as bigint), 'x32 setsid'), (cast(1073741937 as bigint), 'x32 setreuid'), (cast(1073741938 as bigint), 'x32 setregid'), (cast(1073741939 as bigint), 'x32 getgroups'),
  (cast(1073741940 as bigint), 'x32 setgroups'), (cast(1073741941 as bigint), 'x32 setresuid'), (cast(1073741942 as bigint), 'x32 getresuid'), (cast(1073741943 as bigint), 'x32 setresgid'),
  (cast(1073741944 as bigint), 'x32 getresgid'), (cast(1073741945 as bigint), 'x32 getpgid'), (cast(1073741946 as bigint), 'x32 setfsuid'), (cast(1073741947 as bigint), 'x32 setfsgid'),
  (cast(1073741948 as bigint), 'x32 getsid'), (cast(1073741949 as bigint), 'x32 capget'), (cast(1073741950 as bigint), 'x32 capset'), (cast(1073741951 as bigint), 'x32 rt_sigpending'),
  (cast(1073741952 as bigint), 'x32 rt_sigtimedwait'), (cast(1073741953 as bigint), 'x32 rt_sigqueueinfo'), (cast(1073741954 as bigint), 'x32 rt_sigsuspend'), (cast(1073741955 as bigint), 'x32 sigaltstack'),
  (cast(1073741956 as bigint), 'x32 utime'), (cast(1073741957 as bigint), 'x32 mknod'), (cast(1073741958 as bigint), 'x32 uselib'), (cast(1073741959 as bigint), 'x32 personality'),
  (cast(1073741960 as bigint), 'x32 ustat'), (cast(1073741961 as bigint), 'x32 statfs'), (cast(1073741962 as bigint), 'x32 fstatfs'), (cast(1073741963 as bigint), 'x32 sysfs'),
  (cast(1073741964 as bigint), 'x32 getpriority'), (cast(1073741965 as bigint), 'x32 setpriority'), (cast(1073741966 as bigint), 'x32 sched_setparam'), (cast(1073741967 as bigint), 'x32 sched_getparam'),
  (cast(1073741968 as bigint), 'x32 sched_setscheduler'), (cast(1073741969 as bigint), 'x32 sched_getscheduler'), (cast(1073741970 as bigint), 'x32 sched_get_priority_max'), (cast(1073741971 as bigint), 'x32 sched_get_priority_min'),
  (cast(1073741972 as bigint), 'x32 sched_rr_get_interval'), (cast(1073741973 as bigint), 'x32 mlock'), (cast(1073741974 as bigint), 'x32 munlock'), (cast(1073741975 as bigint), 'x32 mlockall'),
  (cast(1073741976 as bigint), 'x32 munlockall'), (cast(1073741977 as bigint), 'x32 vhangup'), (cast(1073741978 as bigint), 'x32 modify_ldt'), (cast(1073741979 as bigint), 'x32 pivot_root'),
  (cast(1073741980 as bigint), 'x32 _sysctl'), (cast(1073741981 as bigint), 'x32 prctl'), (cast(1073741982 as bigint), 'x32 arch_prctl'), (cast(1073741983 as bigint), 'x32 adjtimex'),
  (cast(1073741984 as bigint), 'x32 setrlimit'), (cast(1073741985 as bigint), 'x32 chroot'), (cast(1073741986 as bigint), 'x32 sync'), (cast(1073741987 as bigint), 'x32 acct'),
  (cast(1073741988 as bigint), 'x32 settimeofday'), (cast(1073741989 as bigint), 'x32 mount'), (cast(1073741990 as bigint), 'x32 umount2'), (cast(1073741991 as bigint), 'x32 swapon'),
  (cast(1073741992 as bigint), 'x32 swapoff'), (cast(1073741993 as bigint), 'x32 reboot'), (cast(1073741994 as bigint), 'x32 sethostname'), (cast(1073741995 as bigint), 'x32 setdomainname'),
  (cast(1073741996 as bigint), 'x32 iopl'), (cast(1073741997 as bigint), 'x32 ioperm'), (cast(1073741998 as bigint), 'x32 create_module'), (cast(1073741999 as bigint), 'x32 init_module'),
  (cast(1073742000 as bigint), 'x32 delete_module'), (cast(1073742001 as bigint), 'x32 get_kernel_syms'), (cast(1073742002 as bigint), 'x32 query_module'), (cast(1073742003 as bigint), 'x32 quotactl'),
  (cast(1073742004 as bigint), 'x32 nfsservctl'), (cast(1073742005 as bigint), 'x32 getpmsg'), (cast(1073742006 as bigint), 'x32 putpmsg'), (cast(1073742007 as bigint), 'x32 afs_syscall'),
  (cast(1073742008 as bigint), 'x32 tuxcall'), (cast(1073742009 as bigint), 'x32 security'), (cast(1073742010 as bigint), 'x32 gettid'), (cast(1073742011 as bigint), 'x32 readahead'),
  (cast(1073742012 as bigint), 'x32 setxattr'), (cast(1073742013 as bigint), 'x32 lsetxattr'), (cast(1073742014 as bigint), 'x32 fsetxattr'), (cast(1073742015 as bigint), 'x32 getxattr'),
  (cast(1073742016 as bigint), 'x32 lgetxattr'), (cast(1073742017 as bigint), 'x32 fgetxattr'), (cast(1073742018 as bigint), 'x32 listxattr'), (cast(1073742019 as bigint), 'x32 llistxattr'),
  (cast(1073742020 as bigint), 'x32 flistxattr'), (cast(1073742021 as bigint), 'x32 removexattr'), (cast(1073742022 as bigint), 'x32 lremovexattr'), (cast(1073742023 as bigint), 'x32 fremovexattr'),
  (cast(1073742024 as bigint), 'x32 tkill'), (cast(1073742025 as bigint), 'x32 time'), (cast(1073742026 as bigint), 'x32 futex'), (cast(1073742027 as bigint), 'x32 sched_setaffinity'),
  (cast(1073742028 as bigint), 'x32 sched_getaffinity'), (cast(1073742029 as bigint), 'x32 set_thread_area'), (cast(1073742030 as bigint), 'x32 io_setup'), (cast(1073742031 as bigint), 'x32 io_destroy'),
  (cast(1073742032 as bigint), 'x32 io_getevents'), (cast(1073742033 as bigint), 'x32 io_submit'), (cast(1073742034 as bigint), 'x32 io_cancel'), (cast(1073742035 as bigint), 'x32 get_thread_area'),
  (cast(1073742036 as bigint), 'x32 lookup_dcookie'), (cast(1073742037 as bigint), 'x32 epoll_create'), (cast(1073742038 as bigint), 'x32 epoll_ctl_old'), (cast(1073742039 as bigint), 'x32 epoll_wait_old'),
  (cast(1073742040 as bigint), 'x32 remap_file_pages'), (cast(1073742041 as bigint), 'x32 getdents64'), (cast(1073742042 as bigint), 'x32 set_tid_address'), (cast(1073742043 as bigint), 'x32 restart_syscall'),
  (cast(1073742044 as bigint), 'x32 semtimedop'), (cast(1073742045 as bigint), 'x32 fadvise64'), (cast(1073742046 as bigint), 'x32 timer_create'), (cast(1073742047 as bigint), 'x32 timer_settime'),
  (cast(1073742048 as bigint), 'x32 timer_gettime'), (cast(1073742049 as bigint), 'x32 timer_getoverrun'), (cast(1073742050 as bigint), 'x32 timer_delete'), (cast(1073742051 as bigint), 'x32 clock_settime'),
  (cast(1073742052 as bigint), 'x32 clock_gettime'), (cast(1073742053 as bigint), 'x32 clock_getres'), (cast(1073742054 as bigint), 'x32 clock_nanosleep'), (cast(1073742055 as bigint), 'x32 exit_group'),
  (cast(1073742056 as bigint), 'x32 epoll_wait'), (cast(1073742057 as bigint), 'x32 epoll_ctl'), (cast(1073742058 as bigint), 'x32 tgkill'), (cast(1073742059 as bigint), 'x32 utimes'),
  (cast(1073742060 as bigint), 'x32 vserver'), (cast(1073742061 as bigint), 'x32 mbind'), (cast(1073742062 as bigint), 'x32 set_mempolicy'), (cast(1073742063 as bigint), 'x32 get_mempolicy'),
  (cast(1073742064 as bigint), 'x32 mq_open'), (cast(1073742065 as bigint), 'x32 mq_unlink'), (cast(1073742066 as bigint), 'x32 mq_timedsend'), (cast(1073742067 as bigint), 'x32 mq_timedreceive'),
  (cast(1073742068 as bigint), 'x32 mq_notify'), (cast(1073742069 as bigint), 'x32 mq_getsetattr'), (cast(1073742070 as bigint), 'x32 kexec_load'), (cast(1073742071 as bigint), 'x32 waitid'),
  (cast(1073742072 as bigint), 'x32 add_key'), (cast(1073742073 as bigint), 'x32 request_key'), (cast(1073742074 as bigint), 'x32 keyctl'), (cast(1073742075 as bigint), 'x32 ioprio_set'),
  (cast(1073742076 as bigint), 'x32 ioprio_get'), (cast(1073742077 as bigint), 'x32 inotify_init'), (cast(1073742078 as bigint), 'x32 inotify_add_watch'), (cast(1073742079 as bigint), 'x32 inotify_rm_watch'),
  (cast(1073742080 as bigint), 'x32 migrate_pages'), (cast(1073742081 as bigint), 'x32 openat'), (cast(1073742082 as bigint), 'x32 mkdirat'), (cast(1073742083 as bigint), 'x32 mknodat'),
  (cast(1073742084 as bigint), 'x32 fchownat'), (cast(1073742085 as bigint), 'x32 futimesat'), (cast(1073742086 as bigint), 'x32 newfstatat'), (cast(1073742087 as bigint), 'x32 unlinkat'),
  (cast(1073742088 as bigint), 'x32 renameat'), (cast(1073742089 as bigint), 'x32 linkat'), (cast(1073742090 as bigint), 'x32 symlinkat'), (cast(1073742091 as bigint), 'x32 readlinkat'),
  (cast(1073742092 as bigint), 'x32 fchmodat'), (cast(1073742093 as bigint), 'x32 faccessat'), (cast(1073742094 as bigint), 'x32 pselect6'), (cast(1073742095 as bigint), 'x32 ppoll'),
  (cast(1073742096 as bigint), 'x32 unshare'), (cast(1073742097 as bigint), 'x32 set_robust_list'), (cast(1073742098 as bigint), 'x32 get_robust_list'), (cast(1073742099 as bigint), 'x32 splice'),
  (cast(1073742100 as bigint), 'x32 tee'), (cast(1073742101 as bigint), 'x32 sync_file_range'), (cast(1073742102 as bigint), 'x32 vmsplice'), (cast(1073742103 as bigint), 'x32 move_pages'),
  (cast(1073742104 as bigint), 'x32 utimensat'), (cast(1073742105 as bigint), 'x32 epoll_pwait'), (cast(1073742106 as bigint), 'x32 signalfd'), (cast(1073742107 as bigint), 'x32 timerfd_create'),
  (cast(1073742108 as bigint), 'x32 eventfd'), (cast(1073742109 as bigint), 'x32 fallocate'), (cast(1073742110 as bigint), 'x32 timerfd_settime'), (cast(1073742111 as bigint), 'x32 timerfd_gettime'),
  (cast(1073742112 as bigint), 'x32 accept4'), (cast(1073742113 as bigint), 'x32 signalfd4'), (cast(1073742114 as bigint), 'x32 eventfd2'), (cast(1073742115 as bigint), 'x32 epoll_create1'),
  (cast(1073742116 as bigint), 'x32 dup3'), (cast(1073742117 as bigint), 'x32 pipe2'), (cast(1073742118 as bigint), 'x32 inotify_init1'), (cast(1073742119 as bigint), 'x32 preadv'),
  (cast(1073742120 as bigint), 'x32 pwritev'), (cast(1073742121 as bigint), 'x32 rt_tgsigqueueinfo'), (cast(1073742122 as bigint), 'x32 perf_event_open'), (cast(1073742123 as bigint), 'x32 recvmmsg'),
  (cast(1073742124 as bigint), 'x32 fanotify_init'), (cast(1073742125 as bigint), 'x32 fanotify_mark'), (cast(1073742126 as bigint), 'x32 prlimit64'), (cast(1073742127 as bigint), 'x32 name_to_handle_at'),
  (cast(1073742128 as bigint), 'x32 open_by_handle_at'), (cast(1073742129 as bigint), 'x32 clock_adjtime'), (cast(1073742130 as bigint), 'x32 syncfs'), (cast(1073742131 as bigint), 'x32 sendmmsg'),
  (cast(1073742132 as bigint), 'x32 setns'), (cast(1073742133 as bigint), 'x32 getcpu'), (cast(1073742134 as bigint), 'x32 process_vm_readv'), (cast(1073742135 as bigint), 'x32 process_vm_writev'),
  (cast(1073742136 as bigint), 'x32 kcmp'), (cast(1073742137 as bigint), 'x32 finit_module'), (cast(1073742138 as bigint), 'x32 sched_setattr'), (cast(1073742139 as bigint), 'x32 sched_getattr'),
  (cast(1073742140 as bigint), 'x32 renameat2'), (cast(1073742141 as bigint), 'x32 seccomp'), (cast(1073742142 as bigint), 'x32 getrandom'), (cast(1073742143 as bigint), 'x32 memfd_create'),
  (cast(1073742144 as bigint), 'x32 kexec_file_load'), (cast(1073742145 as bigint), 'x32 bpf'), (cast(1073742146 as bigint), 'x32 execveat'), (cast(1073742147 as bigint), 'x32 userfaultfd'),
  (cast(1073742148 as bigint), 'x32 membarrier'), (cast(1073742149 as bigint), 'x32 mlock2'), (cast(1073742150 as bigint), 'x32 copy_file_range'), (cast(1073742151 as bigint), 'x32 preadv2'),
  (cast(1073742152 as bigint), 'x32 pwritev2'), (cast(1073742153 as bigint), 'x32 pkey_mprotect'), (cast(1073742154 as bigint), 'x32 pkey_alloc'), (cast(1073742155 as bigint), 'x32 pkey_free'),
  (cast(1073742156 as bigint), 'x32 statx'), (cast(1073742157 as bigint), 'x32 io_pgetevents'), (cast(1073742158 as bigint), 'x32 rseq'), (cast(1073742159 as bigint), 'x32 uretprobe'),
  (cast(1073742160 as bigint), 'x32 uprobe'), (cast(1073742248 as bigint), 'x32 pidfd_send_signal'), (cast(1073742249 as bigint), 'x32 io_uring_setup'), (cast(1073742250 as bigint), 'x32 io_uring_enter'),
  (cast(1073742251 as bigint), 'x32 io_uring_register'), (cast(1073742252 as bigint), 'x32 open_tree'), (cast(1073742253 as bigint), 'x32 move_mount'), (cast(1073742254 as bigint), 'x32 fsopen'),
  (cast(1073742255 as bigint), 'x32 fsconfig'), (cast(1073742256 as bigint), 'x32 fsmount'), (cast(1073742257 as bigint), 'x32 fspick'), (cast(1073742258 as bigint), 'x32 pidfd_open'),
  (cast(1073742259 as bigint), 'x32 clone3'), (cast(1073742260 as bigint), 'x32 close_range'), (cast(1073742261 as bigint), 'x32 openat2'), (cast(1073742262 as bigint), 'x32 pidfd_getfd'),
  (cast(1073742263 as bigint), 'x32 faccessat2'), (cast(1073742264 as bigint), 'x32 process_madvise'), (cast(1073742265 as bigint), 'x32 epoll_pwait2'), (cast(1073742266 as bigint), 'x32 mount_setattr'),
  (cast(1073742267 as bigint), 'x32 quotactl_fd'), (cast(1073742268 as bigint), 'x32 landlock_create_ruleset'), (cast(1073742269 as bigint), 'x32 landlock_add_rule'), (cast(1073742270 as bigint), 'x32 landlock_restrict_self'),
  (cast(1073742271 as bigint), 'x32 memfd_secret'), (cast(1073742272 as bigint), 'x32 process_mrelease'), (cast(1073742273 as bigint), 'x32 futex_waitv'), (cast(1073742274 as bigint), 'x32 set_mempolicy_home_node'),
  (cast(1073742275 as bigint), 'x32 cachestat'), (cast(1073742276 as bigint), 'x32 fchmodat2'), (cast(1073742277 as bigint), 'x32 map_shadow_stack'), (cast(1073742278 as bigint), 'x32 futex_wake'),
  (cast(1073742279 as bigint), 'x32 futex_wait'), (cast(1073742280 as bigint), 'x32 futex_requeue'), (cast(1073742281 as bigint), 'x32 statmount'), (cast(1073742282 as bigint), 'x32 listmount'),
  (cast(1073742283 as bigint), 'x32 lsm_get_self_attr'), (cast(1073742284 as bigint), 'x32 lsm_set_self_attr'), (cast(1073742285 as bigint), 'x32 lsm_list_modules'), (cast(1073742286 as bigint), 'x32 mseal'),
  (cast(1073742287 as bigint), 'x32 setxattrat'), (cast(1073742288 as bigint), 'x32 getxattrat'), (cast(1073742289 as bigint), 'x32 listxattrat'), (cast(1073742290 as bigint), 'x32 removexattrat'),
  (cast(1073742291 as bigint), 'x32 open_tree_attr'), (cast(1073742292 as bigint), 'x32 file_getattr'), (cast(1073742293 as bigint), 'x32 file_setattr')) as syscalls(nr, name);

create or replace view verdicts as
with judged as (
  -- linux-3.19: No register is ever checked: syscalls without work return by SYSRET, all else by IRET.
  select *,
    'linux-3.19' as model,
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn', 'fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as unchecked,
    cast(null as varchar(32)) as first_failing,
    cast([] as varchar[]) as all_failing,
    false as doubtful
  from frame_details
  where is_exit
  union all
  -- seed: Every return that would have joined the IRET path tries SYSRET first, interrupts and exceptions included; the syscall fast path stays unchecked.
  select *,
    'seed' as model,
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn', 'fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'compat', 'compat_exit_work', 'int80') then null
      when path in ('nmi') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as unchecked,
    case
      when not (rcx = rip) then 'RCX_NOT_RIP' -- unless rcx == rip
      when not (rcx between 0 and 140737488355327) then 'RIP_NOT_USER_ADDRESS' -- unless rcx >> 47 == 0
      when not (cs = 51) then 'CS_NOT_USER_CS' -- unless cs == 0x33
      when not (r11 = rflags) then 'R11_NOT_RFLAGS' -- unless r11 == rflags
      when not ((r11 & 65536) = 0) then 'RF_SET' -- unless r11 & 0x10000 == 0
      when not (ss = 43) then 'SS_NOT_USER_DS' -- unless ss == 0x2b
    end as first_failing,
    [it for it in [
      case when not (rcx = rip) then 'RCX_NOT_RIP' end,
      case when not (rcx between 0 and 140737488355327) then 'RIP_NOT_USER_ADDRESS' end,
      case when not (cs = 51) then 'CS_NOT_USER_CS' end,
      case when not (r11 = rflags) then 'R11_NOT_RFLAGS' end,
      case when not ((r11 & 65536) = 0) then 'RF_SET' end,
      case when not (ss = 43) then 'SS_NOT_USER_DS' end] if it is not null] as all_failing,
    false as doubtful
  from frame_details
  where is_exit
  union all
  -- linux-4.0: As the seed, and TF is tested together with RF; interrupts and exceptions are still checked, and so are children of fork.
  select *,
    'linux-4.0' as model,
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn', 'fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'compat', 'compat_exit_work', 'int80') then null
      when path in ('nmi') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as unchecked,
    case
      when not (rcx = rip) then 'RCX_NOT_RIP' -- unless rcx == rip
      when not (rcx between 0 and 140737488355327) then 'RIP_NOT_USER_ADDRESS' -- unless rcx >> 47 == 0
      when not (cs = 51) then 'CS_NOT_USER_CS' -- unless cs == 0x33
      when not (r11 = rflags) then 'R11_NOT_RFLAGS' -- unless r11 == rflags
      when not ((r11 & 65536) = 0) then 'RF_SET' -- unless r11 & 0x10000 == 0
      when not ((r11 & 256) = 0) then 'TF_SET' -- unless r11 & 0x100 == 0
      when not (ss = 43) then 'SS_NOT_USER_DS' -- unless ss == 0x2b
    end as first_failing,
    [it for it in [
      case when not (rcx = rip) then 'RCX_NOT_RIP' end,
      case when not (rcx between 0 and 140737488355327) then 'RIP_NOT_USER_ADDRESS' end,
      case when not (cs = 51) then 'CS_NOT_USER_CS' end,
      case when not (r11 = rflags) then 'R11_NOT_RFLAGS' end,
      case when not ((r11 & 65536) = 0) then 'RF_SET' end,
      case when not ((r11 & 256) = 0) then 'TF_SET' end,
      case when not (ss = 43) then 'SS_NOT_USER_DS' end] if it is not null] as all_failing,
    false as doubtful
  from frame_details
  where is_exit
  union all
  -- linux-4.1: Only returns from syscalls are checked; interrupts and exceptions go straight to IRET, and children of fork are checked.
  select *,
    'linux-4.1' as model,
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn', 'fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'compat', 'compat_exit_work', 'int80') then null
      when path in ('interrupt', 'exception', 'nmi') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as unchecked,
    case
      when not (rcx = rip) then 'RCX_NOT_RIP' -- unless rcx == rip
      when not (rcx between 0 and 140737488355327) then 'RIP_NOT_USER_ADDRESS' -- unless rcx >> 47 == 0
      when not (cs = 51) then 'CS_NOT_USER_CS' -- unless cs == 0x33
      when not (r11 = rflags) then 'R11_NOT_RFLAGS' -- unless r11 == rflags
      when not ((r11 & 65536) = 0) then 'RF_SET' -- unless r11 & 0x10000 == 0
      when not ((r11 & 256) = 0) then 'TF_SET' -- unless r11 & 0x100 == 0
      when not (ss = 43) then 'SS_NOT_USER_DS' -- unless ss == 0x2b
    end as first_failing,
    [it for it in [
      case when not (rcx = rip) then 'RCX_NOT_RIP' end,
      case when not (rcx between 0 and 140737488355327) then 'RIP_NOT_USER_ADDRESS' end,
      case when not (cs = 51) then 'CS_NOT_USER_CS' end,
      case when not (r11 = rflags) then 'R11_NOT_RFLAGS' end,
      case when not ((r11 & 65536) = 0) then 'RF_SET' end,
      case when not ((r11 & 256) = 0) then 'TF_SET' end,
      case when not (ss = 43) then 'SS_NOT_USER_DS' end] if it is not null] as all_failing,
    false as doubtful
  from frame_details
  where is_exit
  union all
  -- linux-4.2: As 4.1, but the address test accepts exactly the canonical addresses.
  select *,
    'linux-4.2' as model,
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn', 'fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'compat', 'compat_exit_work', 'int80') then null
      when path in ('interrupt', 'exception', 'nmi') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as unchecked,
    case
      when not (rcx = rip) then 'RCX_NOT_RIP' -- unless rcx == rip
      when not ((rcx & 140737488355327) - (rcx & 140737488355328) = rip) then 'RIP_NOT_USER_ADDRESS' -- unless sign_extend(rcx, 47) == rip
      when not (cs = 51) then 'CS_NOT_USER_CS' -- unless cs == 0x33
      when not (r11 = rflags) then 'R11_NOT_RFLAGS' -- unless r11 == rflags
      when not ((r11 & 65536) = 0) then 'RF_SET' -- unless r11 & 0x10000 == 0
      when not ((r11 & 256) = 0) then 'TF_SET' -- unless r11 & 0x100 == 0
      when not (ss = 43) then 'SS_NOT_USER_DS' -- unless ss == 0x2b
    end as first_failing,
    [it for it in [
      case when not (rcx = rip) then 'RCX_NOT_RIP' end,
      case when not ((rcx & 140737488355327) - (rcx & 140737488355328) = rip) then 'RIP_NOT_USER_ADDRESS' end,
      case when not (cs = 51) then 'CS_NOT_USER_CS' end,
      case when not (r11 = rflags) then 'R11_NOT_RFLAGS' end,
      case when not ((r11 & 65536) = 0) then 'RF_SET' end,
      case when not ((r11 & 256) = 0) then 'TF_SET' end,
      case when not (ss = 43) then 'SS_NOT_USER_DS' end] if it is not null] as all_failing,
    false as doubtful
  from frame_details
  where is_exit
  union all
  -- linux-4.4: As 4.2 for 64-bit code; 32-bit syscalls get a check of their own, and int $0x80 goes straight to IRET.
  select *,
    'linux-4.4' as model,
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn', 'fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec') then null
      when path in ('interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as unchecked,
    case
      when not (rcx = rip) then 'RCX_NOT_RIP' -- unless rcx == rip
      when not ((rcx & 140737488355327) - (rcx & 140737488355328) = rip) then 'RIP_NOT_USER_ADDRESS' -- unless sign_extend(rcx, 47) == rip
      when not (cs = 51) then 'CS_NOT_USER_CS' -- unless cs == 0x33
      when not (r11 = rflags) then 'R11_NOT_RFLAGS' -- unless r11 == rflags
      when not ((r11 & 65536) = 0) then 'RF_SET' -- unless r11 & 0x10000 == 0
      when not ((r11 & 256) = 0) then 'TF_SET' -- unless r11 & 0x100 == 0
      when not (ss = 43) then 'SS_NOT_USER_DS' -- unless ss == 0x2b
    end as first_failing,
    [it for it in [
      case when not (rcx = rip) then 'RCX_NOT_RIP' end,
      case when not ((rcx & 140737488355327) - (rcx & 140737488355328) = rip) then 'RIP_NOT_USER_ADDRESS' end,
      case when not (cs = 51) then 'CS_NOT_USER_CS' end,
      case when not (r11 = rflags) then 'R11_NOT_RFLAGS' end,
      case when not ((r11 & 65536) = 0) then 'RF_SET' end,
      case when not ((r11 & 256) = 0) then 'TF_SET' end,
      case when not (ss = 43) then 'SS_NOT_USER_DS' end] if it is not null] as all_failing,
    path in ('compat', 'compat_exit_work') and cs = 35 and ss = 43 and (rflags & 65792) = 0 as doubtful
  from frame_details
  where is_exit
  union all
  -- linux-4.6: The slow syscall path is C and ends in the check; children of fork return by IRET.
  select *,
    'linux-4.6' as model,
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn') then null
      when path in ('fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as unchecked,
    case
      when not (rcx = rip) then 'RCX_NOT_RIP' -- unless rcx == rip
      when not ((rcx & 140737488355327) - (rcx & 140737488355328) = rip) then 'RIP_NOT_USER_ADDRESS' -- unless sign_extend(rcx, 47) == rip
      when not (cs = 51) then 'CS_NOT_USER_CS' -- unless cs == 0x33
      when not (r11 = rflags) then 'R11_NOT_RFLAGS' -- unless r11 == rflags
      when not ((r11 & 65536) = 0) then 'RF_SET' -- unless r11 & 0x10000 == 0
      when not ((r11 & 256) = 0) then 'TF_SET' -- unless r11 & 0x100 == 0
      when not (ss = 43) then 'SS_NOT_USER_DS' -- unless ss == 0x2b
    end as first_failing,
    [it for it in [
      case when not (rcx = rip) then 'RCX_NOT_RIP' end,
      case when not ((rcx & 140737488355327) - (rcx & 140737488355328) = rip) then 'RIP_NOT_USER_ADDRESS' end,
      case when not (cs = 51) then 'CS_NOT_USER_CS' end,
      case when not (r11 = rflags) then 'R11_NOT_RFLAGS' end,
      case when not ((r11 & 65536) = 0) then 'RF_SET' end,
      case when not ((r11 & 256) = 0) then 'TF_SET' end,
      case when not (ss = 43) then 'SS_NOT_USER_DS' end] if it is not null] as all_failing,
    path in ('compat', 'compat_exit_work') and cs = 35 and ss = 43 and (rflags & 65792) = 0 as doubtful
  from frame_details
  where is_exit
  union all
  -- linux-4.16: The unchecked fast path is gone: every 64-bit syscall is checked.
  select *,
    'linux-4.16' as model,
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn') then null
      when path in ('fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as unchecked,
    case
      when not (rcx = rip) then 'RCX_NOT_RIP' -- unless rcx == rip
      when not ((rcx & 140737488355327) - (rcx & 140737488355328) = rip) then 'RIP_NOT_USER_ADDRESS' -- unless sign_extend(rcx, 47) == rip
      when not (cs = 51) then 'CS_NOT_USER_CS' -- unless cs == 0x33
      when not (r11 = rflags) then 'R11_NOT_RFLAGS' -- unless r11 == rflags
      when not ((r11 & 65536) = 0) then 'RF_SET' -- unless r11 & 0x10000 == 0
      when not ((r11 & 256) = 0) then 'TF_SET' -- unless r11 & 0x100 == 0
      when not (ss = 43) then 'SS_NOT_USER_DS' -- unless ss == 0x2b
    end as first_failing,
    [it for it in [
      case when not (rcx = rip) then 'RCX_NOT_RIP' end,
      case when not ((rcx & 140737488355327) - (rcx & 140737488355328) = rip) then 'RIP_NOT_USER_ADDRESS' end,
      case when not (cs = 51) then 'CS_NOT_USER_CS' end,
      case when not (r11 = rflags) then 'R11_NOT_RFLAGS' end,
      case when not ((r11 & 65536) = 0) then 'RF_SET' end,
      case when not ((r11 & 256) = 0) then 'TF_SET' end,
      case when not (ss = 43) then 'SS_NOT_USER_DS' end] if it is not null] as all_failing,
    path in ('compat', 'compat_exit_work') and cs = 35 and ss = 43 and (rflags & 65792) = 0 as doubtful
  from frame_details
  where is_exit
  union all
  -- linux-5.12: As 4.16, and a Xen PV guest leaves by IRET before any register is looked at.
  select *,
    'linux-5.12' as model,
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn') then null
      when path in ('fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as unchecked,
    case
      when not (true) then 'XEN_PV_GUEST' -- unless no Xen PV guest
      when not (rcx = rip) then 'RCX_NOT_RIP' -- unless rcx == rip
      when not ((rcx & 140737488355327) - (rcx & 140737488355328) = rip) then 'RIP_NOT_USER_ADDRESS' -- unless sign_extend(rcx, 47) == rip
      when not (cs = 51) then 'CS_NOT_USER_CS' -- unless cs == 0x33
      when not (r11 = rflags) then 'R11_NOT_RFLAGS' -- unless r11 == rflags
      when not ((r11 & 65536) = 0) then 'RF_SET' -- unless r11 & 0x10000 == 0
      when not ((r11 & 256) = 0) then 'TF_SET' -- unless r11 & 0x100 == 0
      when not (ss = 43) then 'SS_NOT_USER_DS' -- unless ss == 0x2b
    end as first_failing,
    [it for it in [
      case when not (true) then 'XEN_PV_GUEST' end,
      case when not (rcx = rip) then 'RCX_NOT_RIP' end,
      case when not ((rcx & 140737488355327) - (rcx & 140737488355328) = rip) then 'RIP_NOT_USER_ADDRESS' end,
      case when not (cs = 51) then 'CS_NOT_USER_CS' end,
      case when not (r11 = rflags) then 'R11_NOT_RFLAGS' end,
      case when not ((r11 & 65536) = 0) then 'RF_SET' end,
      case when not ((r11 & 256) = 0) then 'TF_SET' end,
      case when not (ss = 43) then 'SS_NOT_USER_DS' end] if it is not null] as all_failing,
    path in ('compat', 'compat_exit_work') and true and cs = 35 and ss = 43 and (rflags & 65792) = 0 as doubtful
  from frame_details
  where is_exit
  union all
  -- linux-6.7: The check is C and part of the syscall function: R11 is compared earlier, SS with CS, and RIP must be below the end of the user's addresses.
  select *,
    'linux-6.7' as model,
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn') then null
      when path in ('fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as unchecked,
    case
      when not (true) then 'XEN_PV_GUEST' -- unless no Xen PV guest
      when not (rcx = rip) then 'RCX_NOT_RIP' -- unless rcx == rip
      when not (r11 = rflags) then 'R11_NOT_RFLAGS' -- unless r11 == rflags
      when not (cs = 51) then 'CS_NOT_USER_CS' -- unless cs == 0x33
      when not (ss = 43) then 'SS_NOT_USER_DS' -- unless ss == 0x2b
      when not (rip between 0 and 140737488351231) then 'RIP_NOT_USER_ADDRESS' -- unless rip < 0x7ffffffff000
      when not ((rflags & 65536) = 0) then 'RF_SET' -- unless rflags & 0x10000 == 0
      when not ((rflags & 256) = 0) then 'TF_SET' -- unless rflags & 0x100 == 0
    end as first_failing,
    [it for it in [
      case when not (true) then 'XEN_PV_GUEST' end,
      case when not (rcx = rip) then 'RCX_NOT_RIP' end,
      case when not (rip between 0 and 140737488351231) then 'RIP_NOT_USER_ADDRESS' end,
      case when not (cs = 51) then 'CS_NOT_USER_CS' end,
      case when not (r11 = rflags) then 'R11_NOT_RFLAGS' end,
      case when not ((rflags & 65536) = 0) then 'RF_SET' end,
      case when not ((rflags & 256) = 0) then 'TF_SET' end,
      case when not (ss = 43) then 'SS_NOT_USER_DS' end] if it is not null] as all_failing,
    path in ('compat', 'compat_exit_work') and true and cs = 35 and ss = 43 and (rflags & 196864) = 0 as doubtful
  from frame_details
  where is_exit
  union all
  -- linux-6.9: As 6.7, but cs and ss are 16 bits wide in the frame: the slots' upper bits are not looked at.
  select *,
    'linux-6.9' as model,
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn') then null
      when path in ('fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as unchecked,
    case
      when not (true) then 'XEN_PV_GUEST' -- unless no Xen PV guest
      when not (rcx = rip) then 'RCX_NOT_RIP' -- unless rcx == rip
      when not (r11 = rflags) then 'R11_NOT_RFLAGS' -- unless r11 == rflags
      when not ((cs & 65535) = 51) then 'CS_NOT_USER_CS' -- unless cs & 0xffff == 0x33
      when not ((ss & 65535) = 43) then 'SS_NOT_USER_DS' -- unless ss & 0xffff == 0x2b
      when not (rip between 0 and 140737488351231) then 'RIP_NOT_USER_ADDRESS' -- unless rip < 0x7ffffffff000
      when not ((rflags & 65536) = 0) then 'RF_SET' -- unless rflags & 0x10000 == 0
      when not ((rflags & 256) = 0) then 'TF_SET' -- unless rflags & 0x100 == 0
    end as first_failing,
    [it for it in [
      case when not (true) then 'XEN_PV_GUEST' end,
      case when not (rcx = rip) then 'RCX_NOT_RIP' end,
      case when not (rip between 0 and 140737488351231) then 'RIP_NOT_USER_ADDRESS' end,
      case when not ((cs & 65535) = 51) then 'CS_NOT_USER_CS' end,
      case when not (r11 = rflags) then 'R11_NOT_RFLAGS' end,
      case when not ((rflags & 65536) = 0) then 'RF_SET' end,
      case when not ((rflags & 256) = 0) then 'TF_SET' end,
      case when not ((ss & 65535) = 43) then 'SS_NOT_USER_DS' end] if it is not null] as all_failing,
    path in ('compat', 'compat_exit_work') and true and (cs & 65535) = 35 and (ss & 65535) = 43 and (rflags & 196864) = 0 as doubtful
  from frame_details
  where is_exit
  union all
  -- fred: Every return to user space is ERETU, whatever the registers hold.
  select *,
    'fred' as model,
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn', 'fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'ERETU'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as unchecked,
    cast(null as varchar(32)) as first_failing,
    cast([] as varchar[]) as all_failing,
    false as doubtful
  from frame_details
  where is_exit
), outcomes as (
  select *,
    coalesce(unchecked, case when first_failing is null then 'SYSRET' else 'IRET_MISS' end) as outcome
  from judged
)
select
  workload, trace, seq, ts_ns, cpu, pid, tid, comm, entry, event, nr, ret, rip, rcx, r11, rflags, cs, ss, rsp, rax, path, stage, cause, recorded_entry, recorded_path, recorded_rip, recorded_rcx, recorded_r11, recorded_rflags, recorded_cs, recorded_ss, recorded_rsp, recorded_rax, count, frame_class,
  model,
  outcome,
  outcome in ('FAST_SYSRET', 'SYSRET') as sysret,
  case when unchecked is null then first_failing end as first_miss,
  case when unchecked is null then all_failing else cast([] as varchar[]) end as all_miss,
  case when outcome = 'IRET_MISS' then upper(coalesce(cause, 'unknown')) end as miss_cause,
  doubtful
from outcomes;

create or replace view hit_rate_by_workload as
with counted as (
  select workload, model,
    cast(sum(count) as bigint) as exits,
    cast(coalesce(sum(count) filter (where outcome = 'SYSRET' or outcome = 'IRET_MISS'), 0) as bigint) as checked,
    cast(coalesce(sum(count) filter (where outcome = 'SYSRET'), 0) as bigint) as sysret,
    cast(coalesce(sum(count) filter (where outcome = 'IRET_MISS'), 0) as bigint) as iret_miss,
    cast(coalesce(sum(count) filter (where outcome = 'IRET_ROUTE'), 0) as bigint) as iret_route,
    cast(coalesce(sum(count) filter (where outcome = 'FAST_SYSRET'), 0) as bigint) as fast_sysret,
    cast(coalesce(sum(count) filter (where outcome = 'ERETU'), 0) as bigint) as eretu,
    cast(coalesce(sum(count) filter (where doubtful), 0) as bigint) as doubtful
  from verdicts
  group by workload, model
)
select *,
  cast(sysret as double) / nullif(checked, 0) as hit_rate,
  cast(sysret + fast_sysret as double) / exits as sysret_share
from counted;

create or replace view hit_rate_over_time as
with counted as (
  select workload, model, second,
    cast(sum(count) as bigint) as exits,
    cast(coalesce(sum(count) filter (where outcome = 'SYSRET' or outcome = 'IRET_MISS'), 0) as bigint) as checked,
    cast(coalesce(sum(count) filter (where outcome = 'SYSRET'), 0) as bigint) as sysret,
    cast(coalesce(sum(count) filter (where outcome = 'IRET_MISS'), 0) as bigint) as iret_miss,
    cast(coalesce(sum(count) filter (where outcome = 'IRET_ROUTE'), 0) as bigint) as iret_route,
    cast(coalesce(sum(count) filter (where outcome = 'FAST_SYSRET'), 0) as bigint) as fast_sysret,
    cast(coalesce(sum(count) filter (where outcome = 'ERETU'), 0) as bigint) as eretu,
    cast(coalesce(sum(count) filter (where doubtful), 0) as bigint) as doubtful
  from (select *, case when count = 1 then ts_ns // 1000000000 - case when ts_ns % 1000000000 < 0 then 1 else 0 end end as second from verdicts)
  group by workload, model, second
)
select *,
  cast(sysret as double) / nullif(checked, 0) as hit_rate,
  cast(sysret + fast_sysret as double) / exits as sysret_share
from counted;

create or replace view miss_reasons as
with missed as (
  select workload, model, first_miss, all_miss, sum(count) as exits
  from verdicts
  where outcome = 'IRET_MISS'
  group by workload, model, first_miss, all_miss
)
select workload, model, reason,
  cast(coalesce(sum(exits) filter (where first_miss = reason), 0) as bigint) as first_miss,
  cast(sum(exits) as bigint) as any_miss
from missed cross join (values ('XEN_PV_GUEST'), ('RCX_NOT_RIP'), ('RIP_NOT_USER_ADDRESS'), ('CS_NOT_USER_CS'), ('R11_NOT_RFLAGS'), ('RF_SET'), ('TF_SET'), ('SS_NOT_USER_DS')) as reasons(reason)
where array_contains(all_miss, reason)
group by workload, model, reason;

create or replace view miss_causes as
select workload, model, miss_cause as cause, cast(sum(count) as bigint) as iret_miss
from verdicts
where outcome = 'IRET_MISS'
group by workload, model, miss_cause;

create or replace view top_miss_syscalls as
with counted as (
  select workload, model, entry, nr as syscall,
    cast(sum(count) as bigint) as exits,
    cast(coalesce(sum(count) filter (where outcome = 'SYSRET' or outcome = 'IRET_MISS'), 0) as bigint) as checked,
    cast(coalesce(sum(count) filter (where outcome = 'SYSRET'), 0) as bigint) as sysret,
    cast(coalesce(sum(count) filter (where outcome = 'IRET_MISS'), 0) as bigint) as iret_miss,
    cast(coalesce(sum(count) filter (where outcome = 'IRET_ROUTE'), 0) as bigint) as iret_route,
    cast(coalesce(sum(count) filter (where outcome = 'FAST_SYSRET'), 0) as bigint) as fast_sysret,
    cast(coalesce(sum(count) filter (where outcome = 'ERETU'), 0) as bigint) as eretu,
    cast(coalesce(sum(count) filter (where doubtful), 0) as bigint) as doubtful
  from verdicts
  where nr is not null
  group by workload, model, entry, nr
)
select counted.*,
  case when entry <> 'compat' then name end as syscall_name,
  cast(sysret as double) / nullif(checked, 0) as hit_rate,
  row_number() over (
    partition by workload, model order by iret_miss desc, exits desc, entry, syscall) as place
from counted left join syscalls on nr = syscall
where iret_miss > 0;

create or replace view model_against_model as
with outcomes as (
  select workload, cause, count,
    -- linux-3.19
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn', 'fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as outcome_0,
    -- seed
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn', 'fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'compat', 'compat_exit_work', 'int80') then case when rcx = rip and rcx between 0 and 140737488355327 and cs = 51 and r11 = rflags and (r11 & 65536) = 0 and ss = 43 then 'SYSRET' else 'IRET_MISS' end
      when path in ('nmi') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as outcome_1,
    -- linux-4.0
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn', 'fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'compat', 'compat_exit_work', 'int80') then case when rcx = rip and rcx between 0 and 140737488355327 and cs = 51 and r11 = rflags and (r11 & 65536) = 0 and (r11 & 256) = 0 and ss = 43 then 'SYSRET' else 'IRET_MISS' end
      when path in ('nmi') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as outcome_2,
    -- linux-4.1
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn', 'fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'compat', 'compat_exit_work', 'int80') then case when rcx = rip and rcx between 0 and 140737488355327 and cs = 51 and r11 = rflags and (r11 & 65536) = 0 and (r11 & 256) = 0 and ss = 43 then 'SYSRET' else 'IRET_MISS' end
      when path in ('interrupt', 'exception', 'nmi') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as outcome_3,
    -- linux-4.2
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn', 'fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'compat', 'compat_exit_work', 'int80') then case when rcx = rip and (rcx & 140737488355327) - (rcx & 140737488355328) = rip and cs = 51 and r11 = rflags and (r11 & 65536) = 0 and (r11 & 256) = 0 and ss = 43 then 'SYSRET' else 'IRET_MISS' end
      when path in ('interrupt', 'exception', 'nmi') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as outcome_4,
    -- linux-4.4
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn', 'fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec') then case when rcx = rip and (rcx & 140737488355327) - (rcx & 140737488355328) = rip and cs = 51 and r11 = rflags and (r11 & 65536) = 0 and (r11 & 256) = 0 and ss = 43 then 'SYSRET' else 'IRET_MISS' end
      when path in ('interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as outcome_5,
    -- linux-4.6
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn') then case when rcx = rip and (rcx & 140737488355327) - (rcx & 140737488355328) = rip and cs = 51 and r11 = rflags and (r11 & 65536) = 0 and (r11 & 256) = 0 and ss = 43 then 'SYSRET' else 'IRET_MISS' end
      when path in ('fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as outcome_6,
    -- linux-4.16
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn') then case when rcx = rip and (rcx & 140737488355327) - (rcx & 140737488355328) = rip and cs = 51 and r11 = rflags and (r11 & 65536) = 0 and (r11 & 256) = 0 and ss = 43 then 'SYSRET' else 'IRET_MISS' end
      when path in ('fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as outcome_7,
    -- linux-5.12
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn') then case when true and rcx = rip and (rcx & 140737488355327) - (rcx & 140737488355328) = rip and cs = 51 and r11 = rflags and (r11 & 65536) = 0 and (r11 & 256) = 0 and ss = 43 then 'SYSRET' else 'IRET_MISS' end
      when path in ('fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as outcome_8,
    -- linux-6.7
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn') then case when true and rcx = rip and r11 = rflags and cs = 51 and ss = 43 and rip between 0 and 140737488351231 and (rflags & 65536) = 0 and (rflags & 256) = 0 then 'SYSRET' else 'IRET_MISS' end
      when path in ('fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as outcome_9,
    -- linux-6.9
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn') then case when true and rcx = rip and r11 = rflags and (cs & 65535) = 51 and (ss & 65535) = 43 and rip between 0 and 140737488351231 and (rflags & 65536) = 0 and (rflags & 256) = 0 then 'SYSRET' else 'IRET_MISS' end
      when path in ('fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'IRET_ROUTE'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as outcome_10,
    -- fred
    case
      when rip is null or rcx is null or r11 is null or rflags is null or cs is null or ss is null then error('a frame lacks registers, on the path ' || path)
      when path in ('syscall_no_work', 'syscall_full_frame', 'syscall_reschedule', 'syscall_seccomp', 'syscall_audit', 'syscall_exit_work', 'syscall_traced', 'execve', 'execve_failed', 'rt_sigreturn', 'fork_child', 'fork_child_exit_work', 'fork_child_compat', 'kernel_thread_exec', 'interrupt', 'exception', 'nmi', 'compat', 'compat_exit_work', 'int80') then 'ERETU'
      else error('no model knows the path ' || coalesce(path, 'null'))
    end as outcome_11
  from frame_details
  where is_exit
), alike as (
  select workload, cause, outcome_0, outcome_1, outcome_2, outcome_3, outcome_4, outcome_5, outcome_6, outcome_7, outcome_8, outcome_9, outcome_10, outcome_11, sum(count) as exits
  from outcomes
  group by workload, cause, outcome_0, outcome_1, outcome_2, outcome_3, outcome_4, outcome_5, outcome_6, outcome_7, outcome_8, outcome_9, outcome_10, outcome_11
), models as (
  select number, model from (values (0, 'linux-3.19'), (1, 'seed'), (2, 'linux-4.0'), (3, 'linux-4.1'), (4, 'linux-4.2'), (5, 'linux-4.4'), (6, 'linux-4.6'), (7, 'linux-4.16'), (8, 'linux-5.12'), (9, 'linux-6.7'), (10, 'linux-6.9'), (11, 'fred')) as models(number, model)
), pairs as (
  select workload, base.model as base, other.model as other, exits, cause,
    case base.number when 0 then outcome_0 when 1 then outcome_1 when 2 then outcome_2 when 3 then outcome_3 when 4 then outcome_4 when 5 then outcome_5 when 6 then outcome_6 when 7 then outcome_7 when 8 then outcome_8 when 9 then outcome_9 when 10 then outcome_10 when 11 then outcome_11 end as base_outcome,
    case other.number when 0 then outcome_0 when 1 then outcome_1 when 2 then outcome_2 when 3 then outcome_3 when 4 then outcome_4 when 5 then outcome_5 when 6 then outcome_6 when 7 then outcome_7 when 8 then outcome_8 when 9 then outcome_9 when 10 then outcome_10 when 11 then outcome_11 end as other_outcome
  from alike cross join models as base cross join models as other
), caused as (
  select workload, base, other, base_outcome, other_outcome, exits,
    upper(coalesce(cause, case when 'IRET_MISS' in (base_outcome, other_outcome) then 'unknown' end)) as cause
  from pairs
)
select workload, base, other, base_outcome, other_outcome, cause,
  cast(sum(exits) as bigint) as exits
from caused
group by workload, base, other, base_outcome, other_outcome, cause;
